import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ensureSheets } from '../../main/curriculum/class-sheets.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { SummerPupil, SummerView } from '../../preload/contract/year-end-steps.ts';
import type { Explanation, YearEndOverview } from '../../preload/contract/year-end.ts';
import type { TranscriptBoard } from '../../preload/contract/transcripts.ts';
import { emptySchool, principal, type School } from '../curriculum/empty-school.ts';
import { YearEndDesk } from './year-end-kit.ts';

const year = '2018-2019';
let school: School;
let desk: YearEndDesk;
let classId: string;
const pupils = { weak: '', idle: '', good: '', failing: '' };

beforeAll(async () => {
  school = await emptySchool([year]);
  desk = new YearEndDesk(school.core, year);
  const found = school.addClass(year, 7, '7A');
  classId = found.id;
  school.write(ctx => ensureSheets(ctx, found));
  Object.keys(pupils).forEach((who, index) => { pupils[who as 'weak'] = school.addPupil(found, `Học sinh ${who}`, index + 1); });
  // Under TT 58/2011 three subjects below 3,5 make "weak" Yếu; "idle" has the conduct of the year Yếu; "failing" both, which is the year again.
  const tenths = (who: string, subject: string) => ((who === 'weak' || who === 'failing') && ['LI', 'SU', 'DIA'].includes(subject) ? 30 : 70);
  for (const { id, subject } of school.sheets(classId)) {
    const sheet = school.value<SheetView>('grades.openSheet', { sheetId: id });
    const changes = Object.entries(pupils).flatMap(([who, enrolmentId]) => sheet.columns.map(({ column }) => ({
      enrolmentId, column, before: { state: 'empty' }, after: (sheet.kind === 'score' ? { state: 'score', tenths: tenths(who, subject) } : { state: 'level', level: 'D' }) satisfies MarkValue,
    })));
    school.value('grades.saveMarks', { sheetId: id, path: 'typed', changes });
  }
  for (const [who, enrolmentId] of Object.entries(pupils)) {
    const conduct = who === 'idle' || who === 'failing' ? 'Y' : 'T';
    school.value('grades.saveTermRecord', { enrolmentId, term: 1, conduct });
    school.value('grades.saveTermRecord', { enrolmentId, term: 2, conduct, conductYear: conduct });
  }
});
afterAll(async () => { await school.close(); });

const overview = () => school.value<YearEndOverview>('yearEnd.overview', { year });
const summer = () => school.value<SummerView>('yearEnd.summer', { year });
const row = (enrolmentId: string): SummerPupil => {
  const found = summer().rows.find(one => one.enrolmentId === enrolmentId);
  if (!found) throw new Error('does not wait for the summer');
  return found;
};
const again = (enrolmentId: string, subject: string, value: object) =>
  school.codeOf('yearEnd.saveReassessment', { enrolmentId, subject, part: 'year', value, takenOn: '2019-08-01', paper: '' });
const training = (enrolmentId: string, level: string) => school.codeOf('yearEnd.saveTraining', {
  enrolmentId, task: 'Sinh hoạt hè ở phường', informedOn: '2019-06-02', reportOn: '2019-08-10', proposedOn: '2019-08-12', level, decisionNo: '12',
});

describe('the summer of a class under TT 58/2011', () => {
  test('the year is approved; who is Yếu in learning is assessed again, who is Yếu in conduct is trained, both is the year again (Đ15)', async () => {
    await desk.job('yearEnd.compute', { year });
    expect(Object.fromEntries(overview().rows.map(one => [one.name.replace('Học sinh ', ''), [one.ruleSet, one.learningYear, one.promotion]]))).toEqual({
      weak: ['TT58-2011', 'Y', 'reassess'], idle: ['TT58-2011', 'K', 'summer-training'], good: ['TT58-2011', 'K', 'promoted'], failing: ['TT58-2011', 'Y', 'repeat'],
    });
    expect(await desk.approve('year')).toEqual({ approved: 1, refused: [] });
    expect(summer().rows.map(one => one.enrolmentId)).toEqual([pupils.weak, pupils.idle]);
  });

  test('training ends with a level of TT 58/2011, not with one of TT 22/2021', () => {
    expect(row(pupils.idle).levels).toEqual(['T', 'K', 'TB', 'Y']);
    expect(training(pupils.idle, 'D')).toBe('yearEnd.noSuchLevel');
    expect(training(pupils.idle, 'TB')).toBe('ok');
    expect(row(pupils.idle)).toMatchObject({ conductYear: 'Y', conductFinal: 'TB', promotion: 'promoted' });
  });

  test('one of several subjects assessed again concludes nothing: he waits for the others', async () => {
    expect(row(pupils.weak).subjects.map(one => one.subject).sort()).toEqual(['DIA', 'LI', 'SU']);
    expect(again(pupils.weak, 'LI', { state: 'score', tenths: 30 })).toBe('ok');
    expect(row(pupils.weak)).toMatchObject({ promotion: 'reassess', over: null });
    expect(summer().waiting.reassess).toBe(1);
    expect(await desk.jobCode('yearEnd.approve', { year, classIds: [classId], stage: 'final' })).toBe('yearEnd.stillWaiting');
    const told = school.value<Explanation>('yearEnd.explain', { enrolmentId: pupils.weak });
    expect(told.because[0]).toMatchObject({ rule: 'Chưa kết luận: còn môn chưa đánh giá lại', article: expect.stringContaining('58/2011/TT-BGDĐT, Điều 16') });
    expect(told.because.filter(one => one.field === told.because[0]?.field)).toHaveLength(1);
  });

  test('who says that no more follow gives a reason; it can be taken back', () => {
    expect(school.codeOf('yearEnd.endReassessment', { enrolmentId: pupils.idle, isOver: true, reason: 'Không có môn nào' })).toBe('yearEnd.nothingLeftOpen');
    expect(school.codeOf('yearEnd.endReassessment', { enrolmentId: pupils.weak, isOver: true, reason: '' })).toBe('call.badInput');
    expect(school.value('yearEnd.endReassessment', { enrolmentId: pupils.weak, isOver: true, reason: 'Gia đình xin thôi' })).toEqual({ promotion: 'repeat' });
    expect(row(pupils.weak).over).toEqual({ by: principal.name, reason: 'Gia đình xin thôi' });
    expect(school.value<Explanation>('yearEnd.explain', { enrolmentId: pupils.weak }).decided[0]).toMatchObject({ reason: 'Gia đình xin thôi' });
    expect(school.value('yearEnd.endReassessment', { enrolmentId: pupils.weak, isOver: false, reason: 'Em ấy đến thi' })).toEqual({ promotion: 'reassess' });
  });

  test('with every subject answered the result is drawn, and the year becomes final', async () => {
    expect(again(pupils.weak, 'LI', { state: 'score', tenths: 60 })).toBe('ok');
    expect(again(pupils.weak, 'SU', { state: 'absent' })).toBe('ok');
    expect(row(pupils.weak).promotion).toBe('reassess');
    expect(again(pupils.weak, 'DIA', { state: 'score', tenths: 55 })).toBe('ok');
    expect(summer().waiting).toEqual({ reassess: 0, training: 0 });
    const settled = row(pupils.weak).promotion;
    expect(settled).toMatch(/^(promoted|repeat)$/);
    await desk.job('yearEnd.compute', { year });
    expect(await desk.approve('final')).toEqual({ approved: 1, refused: [] });
    expect(overview().rows.find(one => one.enrolmentId === pupils.weak)).toMatchObject({ promotion: settled, promotionYear: 'reassess', learningYear: 'Y' });
  });

  test('the học bạ of these years has no form here, and says so', () => {
    const { rows } = school.value<TranscriptBoard>('transcripts.board', { classId });
    expect(new Set(rows.map(one => one.blockedBy))).toEqual(new Set(['Chưa có mẫu học bạ cho quy định đánh giá của lớp này.']));
  });
});
