import type { ReadHandle } from '../../db/handle.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import { competenceColumns, qualityColumns } from '../grades/grades-rules.ts';
import { traitOf } from '../grades/column-words.ts';
import type { OverallLevel27, PrimaryRecord, QualityLevel27 } from '../grades/rules/assessment-types.ts';
import { AppError } from '../kit/errors.ts';
import type { AssessedPupil27 } from '../year-end/year-results.ts';
import { fullAddress } from './full-address.ts';
import type { PrimaryTranscript, TraitGroup } from './primary-document.ts';
import type { PrintedComments } from './printed-comments.ts';
import type { TranscriptPaper, TranscriptRelative } from './transcript-document.ts';
import type { ClassFacts } from './transcript-facts.ts';
import { healthOf, personFacts } from './transcripts-store.ts';

/** Names of TT 27/2020 as printed: the paper is Vietnamese in every language of the program. */
const TRAITS: Readonly<Record<string, string>> = {
  patriotism: 'Yêu nước', compassion: 'Nhân ái', diligence: 'Chăm chỉ', honesty: 'Trung thực', responsibility: 'Trách nhiệm',
  selfReliance: 'Tự chủ và tự học', communication: 'Giao tiếp và hợp tác', problemSolving: 'Giải quyết vấn đề và sáng tạo',
  language: 'Ngôn ngữ', calculation: 'Tính toán', science: 'Khoa học', technology: 'Công nghệ', informatics: 'Tin học', aesthetics: 'Thẩm mĩ', physical: 'Thể chất',
};
const OVERALL: Readonly<Record<OverallLevel27, string>> = { HTXS: 'Hoàn thành xuất sắc', HTT: 'Hoàn thành tốt', HT: 'Hoàn thành', CHT: 'Chưa hoàn thành' };
const AWARDS = { XS: 'Học sinh Xuất sắc', TB: 'Học sinh Tiêu biểu hoàn thành tốt trong học tập và rèn luyện' } as const;
const GENERAL_COMPETENCES = 3;

/** What the paper of one primary pupil says. A result after support takes the place of the first one (TT 27/2020 Đ11). */
export function primaryTranscript(
  db: ReadHandle, facts: ClassFacts, { facts: pupilFacts, assessment }: AssessedPupil27, comments: PrintedComments['seen'], paper: Omit<TranscriptPaper, 'number'>,
): PrimaryTranscript {
  const { member, pupil, absences, comment } = pupilFacts;
  const found = personFacts(db, member.enrolment_id);
  if (!found) throw new AppError('students.unknown');
  const { person, guardians, registerNumber, years } = found;
  const relative = (relation: 'father' | 'mother' | 'guardian'): TranscriptRelative | null => {
    const row = guardians.find(guardian => guardian.relation === relation);
    return row ? { name: row.name, occupation: row.occupation } : null;
  };
  const { school, grade } = facts;
  const principal = { name: facts.principal, position: 'principal' as const };
  const place = school.commune.replace(/^(Xã|Phường|Đặc khu)\s+/u, '');
  const record: PrimaryRecord = assessment.supplementCounts === true && pupil.supplement !== null ? pupil.supplement : pupil;
  const said = (subject: string, kind: string) => comments.get(`${member.enrolment_id}/${subject}/${kind}`) ?? '';
  const group = (columns: readonly string[], levels: readonly (QualityLevel27 | null)[], kind: string): TraitGroup => ({
    traits: columns.map((column, index) => ({ name: TRAITS[traitOf(column as 'pc1', grade) ?? ''] ?? '', level: levels[index] ?? null })), comment: said('PCNL', kind),
  });
  const competences = competenceColumns(grade);
  const health = healthOf(db, member.enrolment_id);
  const schoolLine = [school.name, school.commune, school.province].filter(part => part !== '').join(', ');
  return {
    level: 'tieu-hoc',
    school: { authority: school.superior, name: school.name, commune: school.commune, district: null, province: school.province },
    pupil: {
      name: person.name, gender: person.sex === 'unknown' ? null : person.sex, birth: person.birth, birthPlace: person.birth_place, ethnicity: person.ethnic_group,
      nationality: person.nationality, homeTown: person.home_town, address: fullAddress(person), father: relative('father'), mother: relative('mother'),
      guardian: relative('guardian'), registerNumber,
    },
    issue: { place, date: paper.preparedOn, principal },
    history: years.map(year => ({ year: year.year, className: year.name, school: schoolLine, registerNumber, enteredOn: null })),
    years: [{
      year: facts.year, grade, className: facts.className, height: measured(health?.height, 'cm'), weight: measured(health?.weight, 'kg'), absences,
      subjects: record.subjects.map(({ code, level, endOfYearTest }) => ({
        code, name: subjectByCode(code, grade, facts.year)?.name.vi ?? code, level, test: endOfYearTest, comment: said(code, 'subject'),
      })).toSorted((left, right) => order(left.code, facts) - order(right.code, facts)),
      qualities: group(qualityColumns, record.qualities, 'qualities'),
      general: group(competences.slice(0, GENERAL_COMPETENCES), record.competences.slice(0, GENERAL_COMPETENCES), 'coreCompetences'),
      specific: group(competences.slice(GENERAL_COMPETENCES), record.competences.slice(GENERAL_COMPETENCES), 'specificCompetences'),
      overall: assessment.level === null ? '' : OVERALL[assessment.level], awards: assessment.award === null ? '' : AWARDS[assessment.award],
      completion: completionWords(grade, assessment.completedProgramme, assessment.promoted),
      promotion: assessment.promoted === null ? null : assessment.promoted ? 'promoted' : 'repeat',
      homeroomComment: comment, homeroom: facts.homeroom, principal, place, date: paper.preparedOn,
    }],
    paper: { number: [school.code, registerNumber].filter(part => part !== '').join('-'), version: paper.version, preparedOn: paper.preparedOn, replaces: paper.replaces },
  };
}

/** "Hoàn thành chương trình lớp 4. Được lên lớp 5"; empty while the principal has still to decide. */
function completionWords(grade: number, completed: boolean | null, promoted: boolean | null): string {
  if (completed === null || promoted === null) return '';
  const programme = `${completed ? 'Hoàn thành' : 'Chưa hoàn thành'} chương trình lớp ${grade}`;
  if (!promoted) return `${programme}. Ở lại lớp ${grade}`;
  if (grade < 5) return `${programme}. Được lên lớp ${grade + 1}`;
  return completed ? `${programme}. Hoàn thành chương trình tiểu học` : `${programme}. Được lên lớp 6`;
}

/** The place of a line; strands of a subject stand in the order of the subject's own list. */
function order(code: string, { grade, year }: ClassFacts): number {
  const subject = subjectByCode(code, grade, year);
  if (subject === undefined) return 99;
  const strands = subject.strandOf === undefined ? undefined : subjectByCode(subject.strandOf, grade, year)?.strands;
  return subject.transcriptOrder + (strands === undefined ? 0 : strands.indexOf(code) / 10);
}

/** Tenths with their unit: 1395 is "139,5 cm". */
function measured(tenths: number | null | undefined, unit: string): string {
  return tenths === null || tenths === undefined ? '' : `${Math.trunc(tenths / 10)},${tenths % 10} ${unit}`;
}
