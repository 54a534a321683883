import type { ConductLevel } from '../imports/import-records.ts';
import type { Random } from './random.ts';

const GOOD = [
  'Em chăm ngoan, tích cực phát biểu, biết giúp đỡ bạn bè trong học tập.',
  'Có ý thức tự học tốt, hoàn thành xuất sắc nhiệm vụ được giao; nên tham gia đội tuyển học sinh giỏi.',
  'Nắm vững kiến thức, trình bày rõ ràng, gương mẫu trong các hoạt động của lớp.',
  'Thông minh, nhanh nhẹn, luôn đi đầu trong phong trào “Kế hoạch nhỏ” của liên đội.',
] as const;
const FAIR = [
  'Chăm học, tiến bộ rõ ở học kì II; cần mạnh dạn phát biểu hơn.',
  'Ngoan, hoà đồng với bạn bè; cần rèn thêm kĩ năng tính toán và trình bày bài.',
  'Có cố gắng trong học tập, thực hiện tốt nội quy; cần đọc thêm sách để mở rộng vốn từ.',
  'Lễ phép, có trách nhiệm với công việc trực nhật; môn Ngoại ngữ cần luyện nói nhiều hơn.',
  'Tiếp thu khá, đôi lúc chưa tập trung; gia đình nhắc em ôn bài đều hằng ngày.',
] as const;
const WEAK = [
  'Ngoan nhưng còn rụt rè, kiến thức nền chưa chắc; cần học phụ đạo Toán và Ngữ văn.',
  'Đã có cố gắng, song chưa làm đủ bài tập về nhà; cần sự kèm cặp thêm của gia đình.',
  'Sức học còn yếu ở một số môn; đề nghị gia đình tạo điều kiện để em đi học đều.',
] as const;
const BAD_CONDUCT = [
  'Còn vi phạm nội quy nhiều lần, đã được nhắc nhở; cần rèn luyện thêm trong kì nghỉ hè.',
  'Chưa trung thực trong kiểm tra và hay nghỉ học không phép; gia đình cần phối hợp chặt với nhà trường.',
] as const;

/** A homeroom teacher's comment that fits what the pupil does. */
export function commentFor(random: Random, ability: number, conduct: ConductLevel): string {
  if (conduct === 'CD') return random.pick(BAD_CONDUCT);
  if (ability >= 80) return random.pick(GOOD);
  return random.pick(ability >= 63 ? FAIR : WEAK);
}
