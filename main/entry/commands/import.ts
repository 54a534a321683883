import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ImportDone, ImportPreview } from '../../../preload/contract/imports.ts';
import { text } from '../../../resources/language/language.ts';
import { fileFault, sha256Hex } from '../../kit/atomic-file.ts';
import { oneOf, readOptions, UsageError } from '../cli-arguments.ts';
import { valueOf, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `import pupils|staff|marks|attendance FILE [--dry-run] [--conflicts program|file|later]` · `import undo ID` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, { 'dry-run': { type: 'boolean' }, conflicts: { type: 'string' } }, { min: 2, max: 2 });
  const [what = '', target = ''] = positionals;
  const kind = oneOf(what, 'import', ['pupils', 'staff', 'marks', 'attendance', 'undo']);
  if (kind === 'undo') {
    if (values['dry-run'] === true) throw new UsageError(text('cli.strayArgument', { argument: '--dry-run' }));
    const { undone } = await withCore({ data: values.data, as: values.as }, async (core, session) => valueOf<{ undone: number }>(core.door.call('imports.undo', { importId: target }, session)));
    io.line(text('cli.import.undone', { undone }));
    return { exit: 0, json: { undone } };
  }
  const choice = values.conflicts === undefined ? null : oneOf(values.conflicts, '--conflicts', ['program', 'file', 'later']);
  const bytes = readInput(target);
  const handed = { kind, fileName: path.basename(target), bytes };
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    const preview = valueOf<ImportPreview>(await core.door.runJob('imports.preview', handed, session, io));
    const errors = preview.problems.filter(problem => problem.severity === 'error');
    const counts = { rows: preview.rows, created: preview.created, updated: preview.updated, unchanged: preview.unchanged };
    io.line(preview.title);
    for (const problem of preview.problems) {
      const place = `${problem.sheet === undefined ? '' : `${problem.sheet}, `}${text('cli.import.place', { row: problem.row, column: problem.column })}`;
      io.line(`  ${problem.severity === 'error' ? '✕' : '!'} ${place}: «${problem.value}» ${problem.message} ${problem.remedy}`);
    }
    for (const one of preview.conflicts) io.line(`  ● ${text('cli.import.conflict', { place: `${one.where}, ${one.pupil}, ${one.column}`, program: one.program ?? '–', by: one.programBy, file: one.file ?? '–' })}`);
    const json = { ...counts, conflicts: preview.conflicts, title: preview.title, errors, warnings: preview.problems.filter(problem => problem.severity === 'warning') };
    if (errors.length > 0) {
      io.line(text('cli.import.refused', { count: errors.length }));
      return { exit: 1, json: { ...json, importId: null } };
    }
    if (values['dry-run'] === true) {
      io.line(text('cli.import.preview', counts));
      return { exit: 0, json: { ...json, importId: null } };
    }
    if (preview.conflicts.length > 0 && choice === null) {
      io.line(text('cli.import.undecided', { count: preview.conflicts.length }));
      return { exit: 1, json: { ...json, importId: null } };
    }
    const settle = Object.fromEntries(preview.conflicts.map(({ key }) => [key, choice]));
    const done = valueOf<ImportDone>(await core.door.runJob('imports.apply', { ...handed, sha256: sha256Hex(bytes), settle }, session, io));
    io.line(text('cli.import.done', { rows: done.rows, created: done.created, updated: done.updated, unchanged: done.unchanged, importId: done.importId }));
    return { exit: 0, json: { ...json, importId: done.importId } };
  });
}

function readInput(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (fault) {
    throw fileFault(fault, file);
  }
}
