import type { YearEndCounts, YearEndOverview } from '../../../preload/contract/year-end.ts';
import { text } from '../../../resources/language/language.ts';
import { findClassByName } from '../../school/school-class-store.ts';
import { AppError } from '../../kit/errors.ts';
import { readOptions, required, UsageError } from '../cli-arguments.ts';
import { valueOf, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `year-end --year 2025-2026 [--class 9A]` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values } = readOptions(argv, { year: { type: 'string' }, class: { type: 'string' } }, { min: 0, max: 0 });
  const year = required(values.year, '--year');
  if (!/^\d{4}-\d{4}$/.test(year)) throw new UsageError(text('cli.badChoice', { name: '--year', value: year, choices: '2025-2026' }));
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    const found = values.class === undefined ? undefined : findClassByName(core.database.read, year, values.class);
    if (values.class !== undefined && !found) throw new AppError('classes.unknown');
    const input = { year, ...(found ? { classId: found.id } : {}) };
    const counts = valueOf<YearEndCounts>(await core.door.runJob('yearEnd.compute', input, session, io));
    const { missing } = valueOf<YearEndOverview>(core.door.call('yearEnd.overview', input, session));
    io.line(text('cli.yearEnd.counts', { ...counts, XS: counts.awards.XS, G: counts.awards.G } as unknown as Record<string, number>));
    if (counts.support + counts.principalDecides + counts.awards.TB > 0) {
      io.line(text('cli.yearEnd.primary', { support: counts.support, principalDecides: counts.principalDecides, TB: counts.awards.TB }));
    }
    for (const gap of missing) io.line(`  ! ${gap.className}: ${gap.what} (${gap.count})`);
    return { exit: counts.incomplete > 0 ? 1 : 0, json: { ...counts, missing: missing.map(({ className, what, count }) => ({ class: className, what, count })) } };
  });
}
