import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { PdfFile } from '../../preload/contract/common.ts';
import type { TranscriptBoard, TranscriptRow, transcripts } from '../../preload/contract/transcripts.ts';
import type { ReadHandle } from '../../db/handle.ts';
import { insertRecord, updateRecord } from '../../db/records.ts';
import type { TranscriptTable } from '../../db/schema/papers.ts';
import { text } from '../../resources/language/language.ts';
import type { JobContext, ReadContext } from '../call/context.ts';
import { stopIfCancelled } from '../call/job-runner.ts';
import { vietnamDay } from '../kit/display.ts';
import { classesOf, requireClass } from '../school/school-class-store.ts';
import { AppError } from '../kit/errors.ts';
import { theSchool } from '../school/school-store.ts';
import { sightOfPerson, sightsOf } from '../students/pupil-access.ts';
import { findStudent } from '../students/students-store.ts';
import { assessClass, isOf22, isOf27, promotionOf, stillToAssess, type AssessedPupil } from '../year-end/year-results.ts';
import { resultsOfClass } from '../year-end/year-end-store.ts';
import type { AnyTranscript } from './primary-document.ts';
import { primaryTranscript } from './primary-transcript-facts.ts';
import { printedComments, type PrintedComments } from './printed-comments.ts';
import { classFacts, contentHash, replacedVersions, transcriptDocument, type ClassFacts } from './transcript-facts.ts';
import { findPaper, newestPapers, papersOfClass, personFacts, signaturesOfClass } from './transcripts-store.ts';
import { printTranscript } from './transcripts-print.ts';

type Transcripts = typeof transcripts;

interface OpenClass {
  facts: ClassFacts;
  pupils: AssessedPupil[];
  filed: ReadonlySet<string>;
  comments: PrintedComments;
}

function openClass(db: ReadHandle, classId: string): OpenClass {
  const found = requireClass(db, classId);
  const homeroom = classesOf(db, found.year).find(row => row.id === classId)?.homeroom ?? null;
  return {
    facts: classFacts(db, theSchool(db), found, homeroom), pupils: assessClass(db, classId), filed: new Set(resultsOfClass(db, classId).keys()), comments: printedComments(db, classId, found.grade),
  };
}

/** Why the paper cannot be printed yet, in words; null when it can. */
function blockedBy({ filed, comments }: OpenClass, pupil: AssessedPupil): string | null {
  if (!isOf22(pupil) && !isOf27(pupil)) return text('transcripts.blocked.noTemplate');
  if (promotionOf(pupil.assessment) === 'incomplete') return text('transcripts.blocked.incomplete');
  if (stillToAssess(pupil).length > 0) return text('transcripts.blocked.stillToAssess');
  if (!filed.has(pupil.facts.member.enrolment_id)) return text('transcripts.blocked.notComputed');
  if (comments.waiting.has(pupil.facts.member.enrolment_id)) return text('transcripts.blocked.unseenComments');
  return null;
}

function documentFor(db: ReadHandle, open: OpenClass, pupil: AssessedPupil, version: number, preparedOn: string, former: readonly TranscriptTable[]): AnyTranscript {
  const paper = { version, preparedOn, replaces: replacedVersions(former) };
  if (isOf27(pupil)) return primaryTranscript(db, open.facts, pupil, open.comments.seen, paper);
  if (isOf22(pupil)) return transcriptDocument(db, open.facts, pupil, open.comments.seen, paper);
  throw new AppError('transcripts.noTemplate');
}

export function board({ db, services }: ReadContext, { classId }: CheckedInputOf<Transcripts['board']>): TranscriptBoard {
  const open = openClass(db, classId);
  const papers = newestPapers(db, classId);
  const signatures = signaturesOfClass(db, classId);
  const today = vietnamDay(services.clock());
  const rows = open.pupils.map((pupil, index): TranscriptRow => {
    const { member } = pupil.facts;
    const paper = papers.get(member.enrolment_id);
    const blocked = blockedBy(open, pupil);
    const isStale = paper !== undefined && blocked === null && contentHash(documentFor(db, open, pupil, 1, today, [])) !== paper.data_sha256;
    return {
      enrolmentId: member.enrolment_id, order: index + 1, name: member.name, code: member.code ?? '', transcriptId: paper?.id ?? null,
      state: paper?.state ?? 'none', paperVersion: paper?.paper_version ?? 0, preparedAt: paper?.updated_at ?? null,
      signatures: (paper ? (signatures.get(paper.id) ?? []) : []).map(row => ({ role: row.role, signer: row.signer, at: row.signed_at, timestamp: row.timestamp })),
      blockedBy: blocked, isStale,
    };
  });
  return { classId, className: open.facts.className, rows };
}

export interface PreparedPaper {
  enrolmentId: string;
  transcriptId: string;
  pupilName: string;
  pupilCode: string;
  sha256: string;
  pages: number;
  outcome: 'prepared' | 'kept';
}

export interface PreparedClass {
  papers: PreparedPaper[];
  blocked: { name: string; why: string }[];
  /** Printed with the promotion line open, because the summer has still to decide. */
  pending: string[];
}

/**
 * Prints and files the papers of a class. A paper that says the same is kept; an unsigned one is printed anew; a signed one is never
 * touched: a correction is the next version, with a reason, and collects all its signatures again.
 */
export async function prepareClass(ctx: JobContext, classId: string, reason: string | null): Promise<PreparedClass> {
  const open = openClass(ctx.db, classId);
  const byPupil = Map.groupBy(papersOfClass(ctx.db, classId), paper => paper.enrolment_id);
  const now = ctx.services.clock();
  const today = vietnamDay(now);
  const prepared: PreparedClass = { papers: [], blocked: [], pending: [] };
  for (const [index, pupil] of open.pupils.entries()) {
    stopIfCancelled(ctx.signal);
    const { member } = pupil.facts;
    ctx.progress(index, open.pupils.length, member.name);
    const blocked = blockedBy(open, pupil);
    if (blocked !== null) {
      prepared.blocked.push({ name: member.name, why: blocked });
      continue;
    }
    const former = byPupil.get(member.enrolment_id) ?? [];
    const newest = former.at(-1);
    const dataSha256 = contentHash(documentFor(ctx.db, open, pupil, 1, today, []));
    const paper = { enrolmentId: member.enrolment_id, pupilName: member.name, pupilCode: member.code ?? '' };
    if (newest?.data_sha256 === dataSha256 && ctx.services.files.has(newest.file_sha256)) {
      prepared.papers.push({ ...paper, transcriptId: newest.id, sha256: newest.file_sha256, pages: newest.pages, outcome: 'kept' });
      continue;
    }
    const isSigned = newest !== undefined && newest.state !== 'prepared';
    if (isSigned && reason === null) {
      prepared.blocked.push({ name: member.name, why: text('transcripts.blocked.signed') });
      continue;
    }
    const version = newest === undefined ? 1 : newest.paper_version + (isSigned ? 1 : 0);
    const document = documentFor(ctx.db, open, pupil, version, today, isSigned ? former : former.slice(0, -1));
    const printed = await printTranscript(await ctx.services.printer(), document, now);
    const sha256 = ctx.services.files.put(printed.pdf);
    const values = { file_sha256: sha256, pages: printed.pages, template: printed.template, data_sha256: dataSha256, reason };
    const transcriptId = ctx.write({ path: 'rule', reason }, write => {
      write.changed('transcripts', classId);
      if (newest !== undefined && !isSigned) {
        updateRecord(write.db, write.stamp, 'transcript', newest.id, newest.version, values);
        return newest.id;
      }
      return insertRecord(write.db, write.stamp, 'transcript', { enrolment_id: member.enrolment_id, paper_version: version, state: 'prepared', ...values });
    });
    prepared.papers.push({ ...paper, transcriptId, sha256, pages: printed.pages, outcome: 'prepared' });
    if (document.years.at(-1)?.promotion === null) prepared.pending.push(member.name);
  }
  ctx.progress(open.pupils.length, open.pupils.length, '');
  return prepared;
}

export async function prepare(ctx: JobContext, { classId, reason }: CheckedInputOf<Transcripts['prepare']>): Promise<OutputOf<Transcripts['prepare']>> {
  const { papers, blocked } = await prepareClass(ctx, classId, reason ?? null);
  return {
    prepared: papers.filter(paper => paper.outcome === 'prepared').length, kept: papers.filter(paper => paper.outcome === 'kept').length, blocked,
  };
}

/** A file name a person recognises, safe on Windows: class, roll and name. */
export function paperFileName(className: string, pupilName: string, pupilCode: string): string {
  return `Học bạ ${className} ${pupilName} ${pupilCode}.pdf`.replaceAll(/[<>:"/\\|?*]/g, '_').replaceAll(/\s+/g, ' ');
}

/** Who signs papers and who keeps the pupil's record opens one; a subject teacher does not. @throws AppError `transcripts.unknown`, `students.notYours` */
export function openPaper({ db, session, services }: ReadContext, { transcriptId }: CheckedInputOf<Transcripts['paper']>): PdfFile {
  const found = findPaper(db, transcriptId);
  const person = found && personFacts(db, found.enrolment_id);
  const student = found && findStudent(db, found.enrolment_id);
  if (!found || !person || !student) throw new AppError('transcripts.unknown');
  const isHis = session.role === 'sealClerk' || sightsOf(db, session)({ class_id: student.classId }) !== 'class' || sightOfPerson(db, session, student.personId) !== 'class';
  if (!isHis) throw new AppError('students.notYours');
  return { fileName: paperFileName(person.years.at(-1)?.name ?? '', person.person.name, person.registerNumber), bytes: services.files.get(found.file_sha256), pages: found.pages };
}


