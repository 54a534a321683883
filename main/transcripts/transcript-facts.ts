import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { levelOfGrade } from '../../preload/contract/school.ts';
import type { ReadHandle } from '../../db/handle.ts';
import type { SchoolTable } from '../../db/schema/school.ts';
import type { TranscriptTable } from '../../db/schema/papers.ts';
import { subjectByCode } from '../../resources/catalogues/subject-catalogue.ts';
import { correctionsOf } from '../gradebook/sheet-seals.ts';
import { summerOfPupil } from '../grades/summer-entries.ts';
import { vietnamDay } from '../kit/display.ts';
import { teachersOf } from '../school/school-class-store.ts';
import { AppError } from '../kit/errors.ts';
import { promotionOfYear, type AssessedPupil22 } from '../year-end/year-results.ts';
import { fullAddress } from './full-address.ts';
import type { AnyTranscript } from './primary-document.ts';
import type { PrintedComments } from './printed-comments.ts';
import type { TranscriptDocument, TranscriptPaper, TranscriptRelative } from './transcript-document.ts';
import { personFacts, principalName } from './transcripts-store.ts';

export interface ClassFacts {
  school: SchoolTable;
  year: string;
  className: string;
  grade: number;
  homeroom: string;
  principal: string;
  teachers: ReadonlyMap<string, string>;
}

export function classFacts(db: ReadHandle, school: SchoolTable, found: { id: string; name: string; grade: number; year: string }, homeroom: string | null): ClassFacts {
  return {
    school, year: found.year, className: found.name, grade: found.grade, homeroom: homeroom ?? '', principal: principalName(db),
    teachers: new Map(teachersOf(db, found.id).map(row => [row.subject, row.teacher])),
  };
}

/** What the paper of one pupil says. Dates of printing come from `preparedOn` (yyyy-mm-dd). */
export function transcriptDocument(
  db: ReadHandle, facts: ClassFacts, pupil: AssessedPupil22, comments: PrintedComments['seen'], paper: Omit<TranscriptPaper, 'number'>,
): TranscriptDocument {
  const { assessment, facts: { member, comment } } = pupil;
  const found = personFacts(db, member.enrolment_id);
  if (!found) throw new AppError('students.unknown');
  const { person, guardians, registerNumber, years } = found;
  const parent = (relation: 'father' | 'mother' | 'guardian'): TranscriptRelative | null => {
    const row = guardians.find(guardian => guardian.relation === relation);
    return row ? { name: row.name, occupation: row.occupation } : null;
  };
  const level = levelOfGrade(facts.grade);
  const lastGrade = level === 'thcs' ? 9 : 12;
  const { promotion } = assessment.decision;
  const settled = promotion === 'promoted' || promotion === 'repeat';
  const ofYear = promotionOfYear(pupil);
  const cameThroughSummer = settled && ofYear !== promotion;
  const summer = summerOfPupil(db, member.enrolment_id);
  const wasReassessed = assessment.subjects.some(result => result.reassessmentCounts === true && !summer.absentFrom.has(result.code));
  const conductChanged = assessment.conductFinal !== assessment.conductYear || assessment.summerConductCounts === true;
  const principal = { name: facts.principal, position: 'principal' as const };
  const place = facts.school.commune.replace(/^(Xã|Phường|Đặc khu)\s+/u, '');
  const conduct = pupil.facts.pupil.conduct;
  const schoolLine = [facts.school.name, facts.school.commune, facts.school.province].filter(part => part !== '').join(', ');
  return {
    level,
    school: { authority: facts.school.superior, name: facts.school.name, commune: facts.school.commune, district: null, province: facts.school.province },
    pupil: {
      name: person.name, gender: person.sex === 'unknown' ? null : person.sex, birth: person.birth, birthPlace: person.birth_place, ethnicity: person.ethnic_group,
      policyGroup: person.policy_group, address: fullAddress(person),
      father: parent('father'), mother: parent('mother'), guardian: parent('guardian'), registerNumber,
    },
    issue: { place, date: paper.preparedOn, principal },
    history: years.map(year => ({ year: year.year, className: year.name, school: schoolLine })),
    years: [{
      year: facts.year, grade: facts.grade, className: facts.className,
      subjects: assessment.subjects.map(result => {
        const subject = subjectByCode(result.code, facts.grade);
        return {
          code: result.code, name: subject?.name.vi ?? result.code, term1: result.terms[0], term2: result.terms[1], year: result.year,
          reassessed: result.reassessmentCounts === true && !summer.absentFrom.has(result.code) ? result.final : null, comment: comments.get(`${member.enrolment_id}/${result.code}/subject`) ?? '',
          teacher: facts.teachers.get(result.code) ?? '',
        };
      }).sort((a, b) => order(a.code, facts.grade) - order(b.code, facts.grade)),
      corrections: correctionsLine(db, member.enrolment_id, facts.grade),
      homeroom: facts.homeroom, principal,
      results: {
        term1: { conduct: conduct[0], learning: assessment.learning[0]?.level ?? null },
        term2: { conduct: conduct[1], learning: assessment.learning[1]?.level ?? null },
        year: { conduct: assessment.conductYear, learning: assessment.learningYear?.level ?? null },
      },
      absences: pupil.facts.pupil.absences,
      afterSummer: { conduct: conductChanged ? assessment.conductFinal : null, learning: wasReassessed ? (assessment.learningFinal?.level ?? null) : null },
      promotion: !settled ? null : promotion === 'promoted' && cameThroughSummer ? 'promotedAfterSummer' : promotion,
      completion: facts.grade === lastGrade && settled ? (promotion === 'promoted' ? 'completed' : 'notCompleted') : null,
      certificate: { name: '', grade: '' }, contests: '', awards: awardText(assessment.award), summerTraining: summer.task, homeroomComment: comment, approval: '',
      place, date: paper.preparedOn,
    }],
    paper: { number: [facts.school.code, registerNumber].filter(part => part !== '').join('-'), version: paper.version, preparedOn: paper.preparedOn, replaces: paper.replaces },
  };
}

/** Corrections of marks after their lock, as the paper rule counts them. */
function correctionsLine(db: ReadHandle, enrolmentId: string, grade: number): { count: number; subjects: string } {
  const corrections = correctionsOf(db, enrolmentId).toSorted((a, b) => order(a.subject, grade) - order(b.subject, grade));
  return {
    count: corrections.reduce((sum, one) => sum + one.count, 0),
    subjects: corrections.map(one => subjectByCode(one.subject, grade)?.name.vi ?? one.subject).join(', '),
  };
}

function order(code: string, grade: number): number {
  return subjectByCode(code, grade)?.transcriptOrder ?? 99;
}

/** Titles of TT 22/2021 Đ15, as printed on the paper: always Vietnamese. */
function awardText(award: 'XS' | 'G' | null): string {
  if (award === null) return '';
  return award === 'XS' ? 'Học sinh Xuất sắc' : 'Học sinh Giỏi';
}

/** What a paper says apart from when and how often it was printed: equal hashes mean nothing to correct. */
export function contentHash(document: AnyTranscript): string {
  const { paper: _paper, issue: _issue, ...content } = document;
  const undated = { ...content, years: content.years.map(({ date: _date, ...year }) => year) };
  return hash('sha256', canonicalize(undated) ?? '');
}

export function replacedVersions(papers: readonly TranscriptTable[]): TranscriptPaper['replaces'] {
  return papers.map((paper, index) => ({ version: paper.paper_version, preparedOn: vietnamDay(paper.created_at), reason: papers[index + 1]?.reason ?? '' }));
}
