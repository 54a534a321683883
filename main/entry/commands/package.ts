import { readFileSync } from 'node:fs';
import type { OutputOf } from '../../../preload/contract/base.ts';
import type { sync, SyncStatus } from '../../../preload/contract/sync.ts';
import { text } from '../../../resources/language/language.ts';
import { fileFault, writeFileAtomic } from '../../kit/atomic-file.ts';
import { oneOf, readOptions, required, UsageError } from '../cli-arguments.ts';
import { valueOf, withCore, type CommandIo, type CommandResult } from '../cli-session.ts';

/** `package export --out FILE` · `package push --server URL` · `package ack FILE` · `package status` */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, { out: { type: 'string' }, server: { type: 'string' } }, { min: 1, max: 2 });
  const act = oneOf(positionals[0], 'package', ['export', 'push', 'ack', 'status']);
  if (act !== 'ack' && positionals.length > 1) throw new UsageError(text('cli.strayArgument', { argument: positionals[1] ?? '' }));
  return withCore({ data: values.data, as: values.as }, async (core, session) => {
    switch (act) {
      case 'export': {
        const out = required(values.out, '--out');
        const made = valueOf<OutputOf<(typeof sync)['exportPackage']>>(await core.door.runJob('sync.exportPackage', {}, session, io));
        writeFileAtomic(out, made.bytes);
        const { sequence, records, files, bytes, sha256 } = made.package;
        io.line(text('cli.package.exported', { sequence, records, files, bytes, file: out }));
        return { exit: 0, json: { sequence, records, files, bytes, sha256, file: out, name: made.fileName } };
      }
      case 'push': {
        const done = valueOf<OutputOf<(typeof sync)['push']>>(await core.door.runJob('sync.push', values.server === undefined ? {} : { server: values.server }, session, io));
        const { packages } = valueOf<SyncStatus>(core.door.call('sync.status', {}, session));
        const last = packages.at(-1);
        io.line(text('cli.package.pushed', { sent: done.sent, acknowledged: done.acknowledged, waiting: done.waiting }));
        return {
          exit: done.waiting > 0 ? 1 : 0,
          json: { ...done, sequence: last?.sequence ?? 0, records: last?.records ?? 0, bytes: last?.bytes ?? 0, sha256: last?.sha256 ?? null },
        };
      }
      case 'ack': {
        const file = positionals[1];
        if (file === undefined) throw new UsageError(text('cli.missingArgument'));
        const done = valueOf<OutputOf<(typeof sync)['acceptReceipt']>>(core.door.call('sync.acceptReceipt', { fileName: file, bytes: readInput(file) }, session));
        io.line(text('cli.package.acknowledged', { sequence: done.sequence, acknowledged: done.acknowledged, waiting: done.waiting }));
        return { exit: 0, json: done };
      }
      case 'status': {
        const status = valueOf<SyncStatus>(core.door.call('sync.status', {}, session));
        for (const found of status.packages) io.line(`${found.state === 'acknowledged' ? '✓' : '●'} ${found.sequence} · ${found.content} · ${found.bytes} B · ${found.acknowledgedAt ?? text('cli.package.waiting')}`);
        io.line(text('cli.package.status', { acknowledged: status.acknowledged, total: status.packages.length, records: status.unsentRecords, files: status.unsentFiles }));
        return { exit: 0, json: { acknowledged: status.acknowledged, waiting: status.waiting, unsentRecords: status.unsentRecords, unsentFiles: status.unsentFiles, packages: status.packages } };
      }
    }
  });
}

function readInput(file: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(file));
  } catch (fault) {
    throw fileFault(fault, file);
  }
}
