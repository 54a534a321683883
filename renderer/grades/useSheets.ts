import { useQuery } from '@tanstack/react-query';
import type { UseQueryResult } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { SheetSummary } from '../../preload/contract/grades.ts';
import { api } from '../app/api.ts';
import { CallFailed, onChanged, queryClient } from '../app/queries.ts';
import { classesToMend, withClassSheets } from './sheet-tree.ts';

export interface Sheets {
  sheets: SheetSummary[];
}

/**
 * All sheets of the year. Counting the marks of a whole school is the most that this place asks for, so it is asked once; afterwards only
 * the classes in which something changed are read again.
 */
export function useSheets(year: string): UseQueryResult<Sheets, CallFailed> {
  useEffect(() => {
    const key = ['sheets', year];
    return onChanged((feature, keys) => {
      if (feature === 'imports' || feature === 'classes') void queryClient.invalidateQueries({ queryKey: key });
      const known = queryClient.getQueryData<Sheets>(key);
      if (feature !== 'grades' || known === undefined) return;
      const classIds = classesToMend(known.sheets, keys);
      if (classIds === null) void queryClient.invalidateQueries({ queryKey: key });
      else for (const classId of classIds) void mend(key, year, classId);
    });
  }, [year]);
  return useQuery<Sheets, CallFailed>({
    queryKey: ['sheets', year],
    queryFn: async () => {
      const result = await api.grades.listSheets({ year });
      if (!result.ok) throw new CallFailed(result.error);
      return result.value;
    },
  });
}

async function mend(key: string[], year: string, classId: string): Promise<void> {
  const result = await api.grades.listSheets({ year, classId });
  if (!result.ok) return;
  queryClient.setQueryData<Sheets>(key, known => (known === undefined ? known : { sheets: withClassSheets(known.sheets, classId, result.value.sheets) }));
}
