import type { TranscriptDocument, TranscriptYear } from '../../main/transcripts/transcript-document.ts';
import { sampleTranscript } from './print-fixture.ts';

const longName = 'Công Tằng Tôn Nữ Nguyễn Phúc Huyền Trân Ngọc Quỳnh Phương Thảo Nguyên';
const longComment = 'Nắm vững kiến thức trọng tâm, vận dụng linh hoạt vào các tình huống thực tiễn; kĩ năng trình bày, thuyết trình và làm việc nhóm '
  + 'tiến bộ rõ rệt so với đầu năm học. Cần đọc kĩ yêu cầu của đề, kiểm tra lại kết quả trước khi nộp bài và duy trì thói quen tự học ở nhà.';
const longSchool = 'Trường Phổ thông Dân tộc Nội trú Trung học cơ sở và Trung học phổ thông Nguyễn Thị Minh Khai';
const place = 'phường Đông Hưng Thuận, Thành phố Hồ Chí Minh';

/** Four years of the longest names and comments a school could write, every line of the form filled. */
export function worstTranscript(): TranscriptDocument {
  const sample = sampleTranscript();
  const [year] = sample.years;
  if (year === undefined) throw new Error('the sample has no year');
  return {
    ...sample,
    school: { ...sample.school, authority: `Sở Giáo dục và Đào tạo Thành phố Hồ Chí Minh – Uỷ ban nhân dân ${place}`, name: longSchool },
    pupil: {
      ...sample.pupil,
      name: longName,
      birthPlace: `Bệnh viện Đa khoa khu vực Thủ Đức, ${place}`,
      ethnicity: 'Xơ Đăng (Hà Lăng)',
      policyGroup: 'Con thương binh hạng 2/4; hộ nghèo theo chuẩn đa chiều',
      address: `Số nhà 1234/56/78/9 đường Nguyễn Thị Minh Khai nối dài, tổ dân phố số 17, khu phố Đông Hưng Thuận 2, ${place}`,
      father: { name: longName, occupation: 'Kĩ sư vận hành nhà máy thuỷ điện' },
      mother: { name: longName, occupation: 'Cán bộ hưu trí, cộng tác viên dân số' },
      guardian: { name: longName, occupation: 'Nghệ nhân dệt thổ cẩm truyền thống' },
    },
    issue: { ...sample.issue, principal: { name: longName, position: 'deputy' } },
    history: [2021, 2022, 2023, 2024, 2025, 2026].map((from, i) => ({ year: `${from}-${from + 1}`, className: `${6 + (i % 4)}A12`, school: `${longSchool}, ${place}` })),
    years: [6, 7, 8, 9].map((grade) => worstYear(year, grade)),
    paper: { number: '79012A05-0412', version: 3, preparedOn: '2026-06-20', replaces: [{ version: 1, preparedOn: '2026-05-28', reason: longComment }, { version: 2, preparedOn: '2026-06-02', reason: 'Sửa ngày sinh' }] },
  };
}

function worstYear(year: TranscriptYear, grade: number): TranscriptYear {
  const from = 2016 + grade;
  const foreign = { code: 'NN2', name: 'Ngoại ngữ 2 (Tiếng Trung Quốc)', term1: 100, term2: 100, year: 100, reassessed: null } as const;
  return {
    ...year,
    year: `${from}-${from + 1}`,
    grade,
    className: `${grade}A12`,
    subjects: [...year.subjects, foreign].map((subject, i) => ({
      ...subject,
      ...(typeof subject.year === 'number' ? {} : { term1: 'CD', term2: 'CD', year: 'CD', reassessed: 'D' } as const),
      comment: longComment,
      teacher: i % 2 === 0 ? longName : 'Công Tằng Tôn Nữ Nguyễn Phúc Huyền Trân Ngọc',
    })),
    corrections: { count: 12, subjects: 'Toán, Lịch sử và Địa lí, Khoa học tự nhiên, Ngoại ngữ 1, Nội dung giáo dục của địa phương' },
    homeroom: longName,
    principal: { name: longName, position: 'deputy' },
    absences: 45,
    afterSummer: { conduct: 'CD', learning: 'CD' },
    promotion: 'repeat',
    completion: grade === 9 ? 'notCompleted' : null,
    certificate: { name: 'Chứng chỉ ứng dụng công nghệ thông tin cơ bản', grade: 'Giỏi' },
    contests: longComment,
    awards: longComment,
    summerTraining: longComment,
    homeroomComment: `${longComment} ${longComment} ${longComment}`,
    approval: `Đồng ý với nhận xét của giáo viên chủ nhiệm. ${longComment}`,
  };
}
