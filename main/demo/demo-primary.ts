import { periodsPerYear, subjectByCode, subjectsOfGrade, type Subject } from '../../resources/catalogues/subject-catalogue.ts';
import { competenceColumns, qualityColumns } from '../grades/grades-rules.ts';
import type { MarkLevel, MarkValue } from '../../preload/contract/grades.ts';
import type { ClassSlot } from './demo-classes.ts';
import type { DemoClass, DemoPlan, DemoPupil, DemoStaff, DemoSubject } from './demo-school.ts';
import { Random } from './random.ts';

/** What a class teacher does not teach herself. */
const SPECIALIST = new Set(['NN1', 'THCN', 'NT', 'GDTC']);

/** Compulsory subjects of a primary grade. */
export function primarySubjects(plan: DemoPlan, grade: number): readonly Subject[] {
  return subjectsOfGrade(grade, plan.year).filter(subject => subject.choice === 'compulsory');
}

export function isClassTeachersSubject(code: string): boolean {
  return !SPECIALIST.has(code);
}

/** Everything a class teacher may be called to teach, whatever her grade. */
export function classTeacherSubjects(plan: DemoPlan): string[] {
  return [...new Set([1, 2, 3, 4, 5].flatMap(grade => primarySubjects(plan, grade).map(subject => subject.code)))].filter(isClassTeachersSubject);
}

/** Each class has a teacher of its own for most subjects; a strand is taught by whoever teaches the subject it belongs to. */
export function planPrimaryTeaching(
  plan: DemoPlan, slots: readonly ClassSlot[], staff: readonly DemoStaff[], specialist: (subject: string, periods: number) => string,
): { slot: ClassSlot; homeroom: string; subjects: DemoSubject[] }[] {
  const classTeachers = staff.filter(person => person.role === 'teacher' && person.subjects.includes('TV'));
  return slots.map((slot, index) => {
    const homeroom = classTeachers[index]?.code ?? '';
    const subjects = primarySubjects(plan, slot.grade).flatMap((subject): DemoSubject[] => {
      const teacher = isClassTeachersSubject(subject.code) ? homeroom : specialist(subject.code, periodsPerYear(subject, slot.grade));
      const kept = subject.strands?.flatMap(code => subjectByCode(code, slot.grade) ?? []) ?? [subject];
      return kept.map(one => ({
        code: one.code, name: one.name.vi, short: one.short.vi, kind: one.kind, periods: periodsPerYear(one, slot.grade), ongoingCount: 0, teacher,
        testedAt: one.testedAt?.[String(slot.grade)] ?? [],
      }));
    });
    return { slot, homeroom, subjects };
  });
}

/** How the pupil stands at the end of the year (TT 27/2020 Đ9): every level, and each way not to complete. */
export type PrimaryStanding = 'HTXS' | 'HTT' | 'HT' | 'weakTest' | 'weakSubject' | 'weakTrait';
const PLANNED: readonly PrimaryStanding[] = ['HTXS', 'HTT', 'HT', 'weakTest', 'weakSubject', 'weakTrait'];
const USUAL: readonly (readonly [PrimaryStanding, number])[] = [['HTXS', 22], ['HTT', 34], ['HT', 42], ['weakTest', 2]];

export const PRIMARY_COMMENTS: Readonly<Record<PrimaryStanding, readonly string[]>> = {
  HTXS: ['Em học đều các môn, đọc to, rõ, tính toán nhanh; biết giúp đỡ bạn.', 'Tích cực, tự tin, luôn hoàn thành tốt mọi nhiệm vụ học tập và rèn luyện.'],
  HTT: ['Em nắm chắc kiến thức, trình bày sạch đẹp; nên mạnh dạn phát biểu hơn.', 'Chăm ngoan, tiếp thu bài nhanh; cần luyện đọc diễn cảm thêm.'],
  HT: ['Em hoàn thành các môn học; cần rèn thêm kĩ năng tính nhẩm và chính tả.', 'Ngoan, có cố gắng; gia đình cùng em đọc sách mỗi tối.'],
  weakTest: ['Em còn chậm ở môn kiểm tra cuối năm; cần được ôn tập thêm trong hè.'],
  weakSubject: ['Em chưa hoàn thành một môn học; giáo viên sẽ hướng dẫn, giúp đỡ thêm.'],
  weakTrait: ['Em cần cố gắng hơn trong việc tự học và giữ lời hứa.'],
};

/** Levels, tests and traits of the four points, absences and comments of every primary class. */
export function givePrimaryResults(plan: DemoPlan, classes: readonly DemoClass[]): void {
  const random = new Random(plan.seed, 'primary results');
  const planned = plannedPupils(classes);
  for (const schoolClass of classes) {
    for (const pupil of schoolClass.pupils) {
      const standing = planned.get(pupil) ?? random.weighted(USUAL);
      if (planned.has(pupil)) pupil.planned = standing.startsWith('weak') ? 'support' : 'promoted';
      pupil.points = ([1, 2, 3, 4] as const).map(point => (point === 4 && plan.state === 'inProgress' ? {} : givePoint(schoolClass, point, standing, random)));
      pupil.absentWithLeave = random.weighted([[0, 50], [1, 20], [2, 15], [4, 10], [7, 5]]);
      pupil.absentWithoutLeave = random.weighted([[0, 92], [1, 8]]);
      pupil.homeroomComment = random.pick(PRIMARY_COMMENTS[standing]);
    }
  }
}

function plannedPupils(classes: readonly DemoClass[]): Map<DemoPupil, PrimaryStanding> {
  const order = classes.toReversed();
  return new Map(PLANNED.flatMap((standing, index) => {
    const pupil = order[index % order.length]?.pupils[1 + Math.floor(index / order.length) * 2];
    return pupil === undefined ? [] : [[pupil, standing] as const];
  }));
}

const level = (of: MarkLevel): MarkValue => ({ state: 'level', level: of });

function givePoint({ subjects, grade }: DemoClass, point: 1 | 2 | 3 | 4, standing: PrimaryStanding, random: Random): Record<string, MarkValue> {
  const marks: Record<string, MarkValue> = {};
  const isTop = standing === 'HTXS' || standing === 'HTT';
  const isEnd = point === 4;
  for (const [index, subject] of subjects.entries()) {
    // The first subject of a pupil who only completes is never T, so that the level is certain.
    const own = isTop && isEnd ? 'T' : index === 0 && isEnd ? 'H' : random.weighted<MarkLevel>(isTop ? [['T', 85], ['H', 15]] : [['T', 35], ['H', 65]]);
    marks[`${subject.code}/muc`] = level(isEnd && standing === 'weakSubject' && index === 1 ? 'C' : own);
    if (!subject.testedAt.includes(point)) continue;
    const [least, most] = standing === 'HTXS' ? [9, 10] : isTop ? [7, 10] : [5, 9];
    const mark = isEnd && index === 0 && standing === 'HTT' ? 8 : isEnd && index === 1 && standing === 'weakTest' ? 4 : random.between(least, most);
    marks[`${subject.code}/kt`] = { state: 'score', tenths: mark * 10 };
  }
  for (const column of [...qualityColumns, ...competenceColumns(grade)]) {
    const usual = isTop && isEnd ? 'T' : random.weighted<MarkLevel>(isTop ? [['T', 90], ['D', 10]] : [['T', 45], ['D', 55]]);
    marks[column] = level(isEnd && standing === 'weakTrait' && column === 'nl1' ? 'C' : usual);
  }
  return marks;
}
