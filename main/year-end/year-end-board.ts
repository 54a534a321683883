import type { ResultDifference, YearEndClass } from '../../preload/contract/year-end-steps.ts';
import type { ReadHandle } from '../../db/handle.ts';
import type { YearResultTable } from '../../db/schema/grades.ts';
import { approvalView, changedSince, differenceWords, isWaiting, mayFile, stageOf } from './year-end-approval.ts';
import { approvalsOfYear, type ClassApprovals } from './year-end-store.ts';
import { differs, type ResultValues } from './year-results.ts';

/** How far each class is on the way through the year end, gathered while the overview goes over the pupils. */
export class YearEndBoard {
  readonly #approvals: ReadonlyMap<string, ClassApprovals>;
  readonly #classes = new Map<string, YearEndClass>();
  readonly differences: ResultDifference[] = [];
  isStale = false;

  constructor(db: ReadHandle, year: string) {
    this.#approvals = approvalsOfYear(db, year);
  }

  get classes(): YearEndClass[] {
    return [...this.#classes.values()];
  }

  addClass(found: { id: string; name: string; grade: number }, pupils: number, undecided: number): void {
    const approvals = this.#approvals.get(found.id);
    this.#classes.set(found.id, {
      classId: found.id, className: found.name, grade: found.grade, pupils, missing: 0, stale: 0, waiting: 0,
      undecided, year: approvalView(approvals?.year), final: approvalView(approvals?.final),
    });
  }

  /** Answers the result to show: what was approved where that stands, else what the rules give now. */
  addPupil(found: { id: string; name: string }, { member, fresh }: { member: { name: string }; fresh: ResultValues }, filed: YearResultTable | undefined): Omit<ResultValues, 'enrolment_id'> {
    const stage = stageOf(this.#approvals.get(found.id));
    const one = this.#classes.get(found.id);
    const files = mayFile(stage, filed, fresh);
    if (files && (!filed || differs(filed, fresh))) {
      this.isStale = true;
      if (one) one.stale += 1;
    }
    if (stage !== null && (!filed || changedSince(stage, filed, fresh).length > 0)) {
      this.differences.push(...differenceWords({ enrolmentId: fresh.enrolment_id, name: member.name, className: found.name }, stage, filed, fresh));
    }
    const shown = files ? fresh : filed ?? fresh;
    if (one && isWaiting(shown)) one.waiting += 1;
    return shown;
  }

  addMissing(classId: string, count: number): void {
    const one = this.#classes.get(classId);
    if (one) one.missing += count;
  }
}
