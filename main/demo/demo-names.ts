import type { Random } from './random.ts';

/** Words that names are put together from. The people are invented; some names are there because their letters are hard to print or to sort. */
const FAMILY: readonly (readonly [string, number])[] = [
  ['Nguyễn', 34], ['Trần', 11], ['Lê', 9], ['Phạm', 7], ['Hoàng', 5], ['Vũ', 4], ['Đặng', 4], ['Bùi', 3], ['Đỗ', 3], ['Ngô', 2], ['Dương', 2], ['Lý', 2],
  ['Đào', 2], ['Đoàn', 2], ['Vương', 1], ['Trịnh', 1], ['Đinh', 1], ['Lương', 1], ['Mạc', 1], ['Kiều', 1], ['Thẩm', 1],
];

const MIDDLE: Readonly<Record<'male' | 'female', readonly string[]>> = {
  male: ['Văn', 'Văn', 'Đức', 'Minh', 'Hữu', 'Quang', 'Anh', 'Gia', 'Hoàng', 'Tuấn', 'Đình', 'Công', 'Trọng', 'Thành', 'Bảo', 'Ngọc', 'Nhật'],
  female: ['Thị', 'Thị', 'Thị', 'Ngọc', 'Thu', 'Thuỳ', 'Phương', 'Khánh', 'Minh', 'Bảo', 'Kim', 'Thanh', 'Hồng', 'Mai', 'Quỳnh', 'Diệu', 'Thị Ngọc', 'Thị Thuỳ'],
};

const GIVEN: Readonly<Record<'male' | 'female', readonly string[]>> = {
  male: ['An', 'Anh', 'Bách', 'Bảo', 'Bình', 'Chiến', 'Công', 'Cường', 'Dũng', 'Duy', 'Dương', 'Đạt', 'Đăng', 'Đức', 'Giang', 'Hải', 'Hậu', 'Hiếu', 'Hoàng', 'Huy', 'Hưng', 'Hữu', 'Khang', 'Khôi', 'Kiên', 'Kỷ', 'Lâm', 'Long', 'Lộc', 'Mạnh', 'Minh', 'Nam', 'Nghĩa', 'Nguyên', 'Nhật', 'Phong', 'Phúc', 'Quân', 'Quỹ', 'Sơn', 'Thắng', 'Thịnh', 'Trường', 'Tuấn', 'Tùng', 'Tỷ', 'Việt', 'Vũ', 'Ý'],
  female: ['An', 'Ánh', 'Bích', 'Châu', 'Chi', 'Diệp', 'Dung', 'Duyên', 'Giang', 'Hà', 'Hạnh', 'Hằng', 'Hiền', 'Hoa', 'Hồng', 'Huệ', 'Hương', 'Huyền', 'Lan', 'Liên', 'Linh', 'Ly', 'Mai', 'My', 'Nga', 'Ngân', 'Ngọc', 'Nguyệt', 'Ngữ', 'Nhi', 'Nhung', 'Như', 'Nữ', 'Oanh', 'Phương', 'Quyên', 'Quỳnh', 'Tâm', 'Thảo', 'Thoa', 'Thu', 'Thuỷ', 'Thương', 'Trang', 'Trâm', 'Tuyết', 'Uyên', 'Vân', 'Xuân', 'Yến'],
};

/** Whole names of groups whose names are built otherwise, by the code of the ethnic group. */
const GROUP_NAMES: Readonly<Record<string, { family: readonly string[]; male: readonly string[]; female: readonly string[] }>> = {
  '02': { family: ['Nông', 'Hà', 'Hoàng', 'Ma', 'Bế', 'Quan'], male: ['Văn Thiết', 'Đức Lợi', 'Văn Chẩn', 'Minh Thực'], female: ['Thị Diệp', 'Thị Mỷ', 'Thuý Ngần', 'Thị Huệ'] },
  '08': { family: ['Giàng', 'Vàng', 'Sùng', 'Thào', 'Lầu', 'Cứ'], male: ['A Páo', 'Mí Sử', 'A Chữ', 'Mí Lềnh', 'Seo Vảng'], female: ['Thị Mỷ', 'Thị Dợ', 'Thị Xúa', 'Thị Chứ', 'Thị Sống'] },
  '09': { family: ['Triệu', 'Bàn', 'Đặng', 'Phàn', 'Chảo'], male: ['Tòn Chán', 'Phù Kinh', 'Chàn Phin', 'Văn Sểnh'], female: ['Mùi Ghển', 'Thị Mẩy', 'Mùi Pham', 'Thị Khé'] },
  '07': { family: ['Nông', 'Lục', 'Lù', 'Vi', 'Hứa'], male: ['Văn Khìn', 'Đức Hòn', 'Văn Ắng'], female: ['Thị Sầm', 'Thị Ặm', 'Thị Pẻng'] },
  '12': { family: [], male: ['Y Phôn Ayŭn', 'Y Blô Niê'], female: ['H’Lê Niê Kđăm', 'H’Ðê Mlô'] },
};

/** Names every demo school has: hard letters, great length, and two pupils called the same. */
export const SPECIAL_NAMES: readonly { name: string; sex: 'male' | 'female' }[] = [
  { name: 'Nguyễn Thị Ỷ Lan', sex: 'female' },
  { name: 'Công Tằng Tôn Nữ Hoàng Mộng Thuỳ Dương', sex: 'female' },
  { name: 'Đặng Quỹ Ữu', sex: 'male' },
  { name: 'Nguyễn Ngọc Ánh', sex: 'female' },
  { name: 'Nguyễn Ngọc Ánh', sex: 'female' },
  { name: 'Tôn Thất Đắc Nghĩa Thượng Hiền', sex: 'male' },
];

export function personName(random: Random, sex: 'male' | 'female', ethnicGroup: string): string {
  const group = GROUP_NAMES[ethnicGroup];
  if (group !== undefined && random.chance(30)) {
    const given = random.pick(group[sex]);
    return group.family.length === 0 ? given : `${random.pick(group.family)} ${given}`;
  }
  const family = group === undefined || group.family.length === 0 ? random.weighted(FAMILY) : random.pick(group.family);
  const middle = random.chance(12) ? '' : `${random.pick(MIDDLE[sex])} `;
  return `${family} ${middle}${random.pick(GIVEN[sex])}`;
}
