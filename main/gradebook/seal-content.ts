import { hash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';
import type { SealDifference } from '../../preload/contract/gradebook-seals.ts';
import { prepare, sql, type ReadHandle } from '../../db/handle.ts';
import type { CommentKind } from '../../db/schema/gradebook-notes.ts';
import { text } from '../../resources/language/language.ts';
import { columnsOf, markText, sameValue, tenthsText } from '../grades/grades-rules.ts';
import { averagesOfClass, marksOfSheet, membersOf, valueOf, type SheetWithClass } from '../grades/grades-store.ts';

export interface SealedPupil {
  id: string;
  code: string;
  name: string;
  birth: string;
  marks: Partial<Record<MarkColumn, MarkValue>>;
  /** As printed: tenths, Đ or CĐ; null while marks are missing. */
  average: string | null;
  comments: Partial<Record<CommentKind, string>>;
}

/** What a seal is over. The year's average is left out: it follows from the seals of both terms. */
export interface SealContent {
  format: 1;
  class: string;
  subject: string;
  term: number;
  ruleSet: string;
  kind: string;
  columns: MarkColumn[];
  sealedAt: string;
  journalSeq: number;
  pupils: SealedPupil[];
}

const commentsQuery = prepare<{ sheetId: string }, { enrolment_id: string; kind: CommentKind; comment: string }>(p => sql.selectFrom('subject_comment')
  .select(['enrolment_id', 'kind', 'comment']).where('sheet_id', '=', p('sheetId')).where('cancelled', '=', 0).where('comment', '<>', ''));

/** The sheet as it stands, with the time and journal row it is sealed at. */
export function contentOf(db: ReadHandle, sheet: SheetWithClass, sealedAt: string, journalSeq: number): SealContent {
  const averages = new Map(averagesOfClass(db, sheet.class_id, sheet.subject).map(row => [row.enrolment_id, row]));
  const marks = Map.groupBy(marksOfSheet(db, sheet.id), cell => cell.enrolment_id);
  const comments = Map.groupBy(commentsQuery(db, { sheetId: sheet.id }), row => row.enrolment_id);
  const first = sheet.term === 1;
  return {
    format: 1, class: sheet.class_name, subject: sheet.subject, term: sheet.term, ruleSet: sheet.rule_set, kind: sheet.kind, columns: columnsOf(sheet), sealedAt, journalSeq,
    pupils: membersOf(db, sheet.class_id).map(member => {
      const row = averages.get(member.enrolment_id);
      const tenths = (first ? row?.term1 : row?.term2) ?? null;
      const level = (first ? row?.level1 : row?.level2) ?? null;
      const written = (marks.get(member.enrolment_id) ?? []).map(cell => [cell.col, valueOf(cell)] as const).filter(([, value]) => value.state !== 'empty');
      return {
        id: member.enrolment_id, code: member.code ?? '', name: member.name, birth: member.birth, marks: Object.fromEntries(written),
        average: tenths === null ? (level === null ? null : markText({ state: 'level', level })) : tenthsText(tenths),
        comments: Object.fromEntries((comments.get(member.enrolment_id) ?? []).map(one => [one.kind, one.comment])),
      };
    }),
  };
}

/** RFC 8785: the same facts give the same text, whoever writes them. */
export function canonical(content: SealContent): string {
  return canonicalize(content) ?? '';
}

export function hashOf(canonicalText: string): string {
  return hash('sha256', canonicalText);
}

/** "7F3A-91C0-2B4D": what people compare on paper. */
export function sealCode(sealHash: string): string {
  return sealHash.slice(0, 12).toUpperCase().match(/.{4}/g)?.join('-') ?? '';
}

export interface MarkDifference extends SealDifference {
  /** Set where a mark differs. */
  column: MarkColumn | null;
}

/** What differs between two states of a sheet, in the order of the register. */
export function differencesBetween(before: SealContent, after: SealContent): MarkDifference[] {
  const old = new Map(before.pupils.map(pupil => [pupil.id, pupil]));
  const found: MarkDifference[] = [];
  for (const pupil of after.pupils) {
    const known = old.get(pupil.id);
    old.delete(pupil.id);
    const note = (what: string, from: string | null, to: string | null, column: MarkColumn | null = null) => {
      found.push({ enrolmentId: pupil.id, name: pupil.name, what, before: from, after: to, column });
    };
    if (!known) {
      note(text('gradebook.seal.pupil'), null, pupil.name);
      continue;
    }
    for (const field of ['name', 'code', 'birth'] as const) if (known[field] !== pupil[field]) note(text(`gradebook.seal.${field}`), known[field], pupil[field]);
    for (const column of new Set([...before.columns, ...after.columns])) {
      const from = known.marks[column] ?? { state: 'empty' };
      const to = pupil.marks[column] ?? { state: 'empty' };
      if (!sameValue(from, to)) note(text(`grades.column.${column}`), markText(from), markText(to), column);
    }
    if (known.average !== pupil.average) note(text('gradebook.seal.average'), known.average, pupil.average);
    for (const kind of new Set([...Object.keys(known.comments), ...Object.keys(pupil.comments)] as CommentKind[])) {
      if (known.comments[kind] !== pupil.comments[kind]) note(text('gradebook.seal.comment'), known.comments[kind] ?? null, pupil.comments[kind] ?? null);
    }
  }
  for (const gone of old.values()) found.push({ enrolmentId: gone.id, name: gone.name, what: text('gradebook.seal.pupil'), before: gone.name, after: null, column: null });
  return found;
}
