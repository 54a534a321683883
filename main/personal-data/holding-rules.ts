import type { HoldingView } from '../../preload/contract/personal-data.ts';

/**
 * Records that a school must keep, some of them for ever: school records and their books (Điều lệ trường; học bạ, sổ đăng bộ, sổ theo dõi và đánh
 * giá), personnel files, data reported to the authority. Erasing a person on request does not reach them.
 */
const byLaw: ReadonlySet<string> = new Set([
  'person', 'guardian', 'pupil_code', 'register_entry', 'enrolment', 'pupil_profile', 'pupil_year', 'pupil_status', 'movement', 'former_result', 'document_number',
  'mark', 'term_record', 'year_result', 'printed_result', 'subject_standing', 'subject_comment', 'year_decision', 'reassessment', 'summer_training', 'absence',
  'transcript', 'transcript_signature', 'staff', 'assignment', 'school_class', 'identity_paper',
]);

/** Kept by choice or by consent: the school may strike them out when asked. */
const optional: ReadonlySet<string> = new Set(['health_check', 'pupil_document', 'consent', 'pupil_distinct']);

/** What holds a kind of record: the law, the trace of what was done (never deleted, so that records stay provable), or nothing but the school's wish. */
export function keepingOf(table: string): HoldingView['keeping'] {
  if (byLaw.has(table)) return 'law';
  return optional.has(table) ? 'optional' : 'trace';
}
