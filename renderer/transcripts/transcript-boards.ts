import { useQueries } from '@tanstack/react-query';
import type { TranscriptBoard, TranscriptRow, TranscriptState } from '../../preload/contract/transcripts.ts';
import { CallFailed, callNamed } from '../app/queries.ts';

/** In the order in which a paper goes through them. */
export const paperStates: readonly TranscriptState[] = ['none', 'prepared', 'homeroomSigned', 'principalSigned', 'sealed', 'sent'];

export interface BoardCounts extends Record<TranscriptState, number> {
  pupils: number;
  blocked: number;
  stale: number;
}

export function countBoard(rows: readonly TranscriptRow[]): BoardCounts {
  const counts: BoardCounts = { none: 0, prepared: 0, homeroomSigned: 0, principalSigned: 0, sealed: 0, sent: 0, pupils: rows.length, blocked: 0, stale: 0 };
  for (const row of rows) {
    counts[row.state] += 1;
    if (row.blockedBy !== null && row.state === 'none') counts.blocked += 1;
    if (row.isStale) counts.stale += 1;
  }
  return counts;
}

/** The boards of several classes at once, by class id; a class whose board is not there yet is absent. Shared with the class's own page. */
export function useBoards(classIds: readonly string[]): ReadonlyMap<string, TranscriptBoard> {
  return useQueries({
    queries: classIds.map(classId => ({
      queryKey: ['transcripts', 'board', { classId }],
      queryFn: async () => {
        const result = await callNamed<TranscriptBoard>('transcripts.board', { classId });
        if (!result.ok) throw new CallFailed(result.error);
        return result.value;
      },
    })),
    combine: answers => new Map(answers.flatMap(answer => (answer.data === undefined ? [] : [[answer.data.classId, answer.data] as const]))),
  });
}
