import type { ClassCurriculum, CurriculumRow } from '../../preload/contract/curriculum.ts';
import type { CallInput } from '../app/queries.ts';

type Changes = CallInput<'curriculum.saveSubject'>['changes'];
type Chosen = CallInput<'curriculum.saveClass'>['subjects'];

/** What the row showed in the fields that change: saving it takes the change back. */
export function valuesBefore(row: CurriculumRow, changes: Changes): Changes {
  return Object.fromEntries(Object.keys(changes).map(field => [field, row[field as keyof CurriculumRow]]));
}

/** What a class has chosen, as it is saved. */
export function chosenOf({ subjects }: Pick<ClassCurriculum, 'subjects'>): Chosen {
  return subjects.filter(row => row.hasCluster || (row.isTaken && row.choice !== 'compulsory')).map(({ subject, hasCluster }) => ({ subject, hasCluster }));
}

/** The choice after one box was ticked or cleared. A subject left goes with its topic cluster; a cluster brings its subject. */
export function withChoice(found: Pick<ClassCurriculum, 'subjects'>, subject: string, box: 'subject' | 'cluster', isOn: boolean): Chosen {
  return chosenOf({
    subjects: found.subjects.map(row => {
      if (row.subject !== subject) return row;
      if (box === 'subject') return { ...row, isTaken: isOn, hasCluster: isOn && row.hasCluster };
      return { ...row, isTaken: row.isTaken || isOn, hasCluster: isOn };
    }),
  });
}
