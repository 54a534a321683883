import path from 'node:path';
import type { ExportFile } from '../../../preload/contract/exports.ts';
import { text } from '../../../resources/language/language.ts';
import { writeArchive } from '../../exports/archive.ts';
import { writeFileAtomic } from '../../kit/atomic-file.ts';
import { AppError } from '../../kit/errors.ts';
import { findClassByName } from '../../school/school-class-store.ts';
import { currentYear } from '../../school/school-store.ts';
import { oneOf, readOptions, required } from '../cli-arguments.ts';
import { jobContext, valueOf, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `export pupils|staff|marks|primary|all --out DIR [--class 9A] [--purpose …]` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, { out: { type: 'string' }, class: { type: 'string' }, purpose: { type: 'string' } }, { min: 1, max: 1 });
  const what = oneOf(positionals[0], 'export', ['pupils', 'staff', 'marks', 'primary', 'all']);
  const out = required(values.out, '--out');
  const purpose = values.purpose ?? text('cli.export.purpose');
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    if (what === 'all') {
      const files = await writeArchive(jobContext(core, session, io, 'exports.run'), out, purpose);
      io.line(text('cli.export.done', { count: files.length, folder: out }));
      return { exit: 0, json: { files } };
    }
    const classId = values.class === undefined ? undefined : findClassByName(core.database.read, currentYear(core.database.read).year, values.class)?.id;
    if (values.class !== undefined && classId === undefined) throw new AppError('classes.unknown');
    const input = { what: what === 'primary' ? 'primaryResults' : what, purpose, ...(classId === undefined ? {} : { classId }) };
    const { fileName, bytes, count } = valueOf<ExportFile>(await core.door.runJob('exports.run', input, session, io));
    const file = path.join(out, fileName);
    writeFileAtomic(file, bytes);
    io.line(text('cli.export.one', { file, count }));
    return { exit: 0, json: { files: [file], count } };
  });
}
