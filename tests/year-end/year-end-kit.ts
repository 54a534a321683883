import { sql } from '../../db/handle.ts';
import type { MarkValue, SheetView } from '../../preload/contract/grades.ts';
import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import type { ApproveOutcome } from '../../preload/contract/year-end-steps.ts';
import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import type { Session } from '../../main/call/context.ts';
import type { Core } from '../../main/entry/create-core.ts';
import { principal } from '../bench/demo-core.ts';

export const secretary: Session = { user: 'vanphong', name: 'Văn phòng', role: 'secretary', staffId: null, token: null };

/** The calls of a year end as their people make them, through the door. */
export class YearEndDesk {
  readonly core: Core;
  readonly year: string;

  constructor(core: Core, year = '2025-2026') {
    this.core = core;
    this.year = year;
  }

  value<T>(name: string, input: unknown, session: Session = principal): T {
    const result = this.core.door.call(name, input, session);
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
    return result.value as T;
  }

  codeOf(name: string, input: unknown, session: Session = principal): string {
    const result = this.core.door.call(name, input, session);
    return result.ok ? 'ok' : result.error.code;
  }

  async job<T>(name: string, input: unknown, session: Session = principal): Promise<T> {
    const result = await this.core.door.runJob(name, input, session, { signal: new AbortController().signal, progress: () => undefined });
    if (!result.ok) throw new Error(`${result.error.code}: ${result.error.what}`);
    return result.value as T;
  }

  async jobCode(name: string, input: unknown, session: Session = principal): Promise<string> {
    const result = await this.core.door.runJob(name, input, session, { signal: new AbortController().signal, progress: () => undefined });
    return result.ok ? 'ok' : result.error.code;
  }

  classId(name: string, year = this.year): string {
    const row = this.core.database.read.get(sql.selectFrom('school_class').select('id').where('year', '=', year).where('name', '=', name).where('cancelled', '=', 0));
    if (!row) throw new Error(`no class ${name} in ${year}`);
    return row.id;
  }

  classIds(): string[] {
    return this.overview().classes.map(one => one.classId);
  }

  overview(classId?: string): YearEndOverview {
    return this.value<YearEndOverview>('yearEnd.overview', { year: this.year, ...(classId === undefined ? {} : { classId }) });
  }

  sheet(classId: string, subject: string, term: number): SheetView {
    const row = this.core.database.read.get(sql.selectFrom('grade_sheet').select('id').where('class_id', '=', classId).where('subject', '=', subject).where('term', '=', term as 1).where('cancelled', '=', 0));
    return this.value<SheetView>('grades.openSheet', { sheetId: row?.id });
  }

  type(sheet: SheetView, enrolmentId: string, column: string, after: MarkValue): string {
    const before = sheet.rows.find(row => row.enrolmentId === enrolmentId)?.marks[column as 'ck'] ?? { state: 'empty' };
    return this.codeOf('grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: [{ enrolmentId, column, before, after }] });
  }

  /** Decides whatever waits for a person, each by its first choice. */
  decideAll(): number {
    const { cases } = this.value<{ cases: DecisionCase[] }>('yearEnd.decisions', { year: this.year });
    const open = cases.filter(one => one.decision === null && !one.isOptional);
    for (const one of open) this.value('yearEnd.decide', { enrolmentId: one.enrolmentId, matter: one.matter, value: one.choices[0]?.value, reason: 'Hội đồng đã xét' });
    return open.length;
  }

  approve(stage: 'year' | 'final', classIds = this.classIds(), session: Session = principal): Promise<ApproveOutcome> {
    return this.job<ApproveOutcome>('yearEnd.approve', { year: this.year, classIds, stage }, session);
  }
}
