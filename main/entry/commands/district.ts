import { once } from 'node:events';
import { districtKeys } from '../../../district/district-keys.ts';
import { enrolSchool } from '../../../district/district-schools.ts';
import { startDistrict } from '../../../district/district-server.ts';
import { text } from '../../../resources/language/language.ts';
import { followsChain } from '../../sync/package-chain.ts';
import { oneOf, readOptions, required, UsageError, wholeNumber } from '../cli-arguments.ts';
import type { CommandIo, CommandResult } from '../cli-session.ts';

/** The managing authority's side: `keys --keys DIR --out FILE` · `enrol FILE --db URL` · `serve --db URL --port N --keys DIR`. */
export async function run(argv: string[], io: CommandIo): Promise<CommandResult> {
  const { values, positionals } = readOptions(argv, {
    keys: { type: 'string' }, out: { type: 'string' }, db: { type: 'string' }, port: { type: 'string' }, name: { type: 'string' },
  }, { min: 1, max: 2 });
  const act = oneOf(positionals[0], 'district', ['keys', 'enrol', 'serve']);
  if (act !== 'enrol' && positionals.length > 1) throw new UsageError(text('cli.strayArgument', { argument: positionals[1] ?? '' }));
  switch (act) {
    case 'keys': {
      const out = required(values.out, '--out');
      const { fingerprint } = await districtKeys({ keysDir: required(values.keys, '--keys'), out, ...(values.name === undefined ? {} : { name: values.name }) });
      io.line(text('cli.district.keys', { file: out, fingerprint }));
      return { exit: 0, json: { fingerprint, file: out } };
    }
    case 'enrol': {
      const file = positionals[1];
      if (file === undefined) throw new UsageError(text('cli.missingArgument'));
      const { school, name, device, fingerprint } = await enrolSchool({ db: required(values.db, '--db'), file });
      io.line(text('cli.district.enrolled', { school, name, fingerprint }));
      return { exit: 0, json: { school, name, device, fingerprint } };
    }
    case 'serve': {
      const server = await startDistrict({
        db: required(values.db, '--db'), port: wholeNumber(values.port, '--port', 0, 0, 65_535), keysDir: required(values.keys, '--keys'), verifyChain: followsChain,
      });
      // Printed at once: schools and scripts wait for the address.
      process.stdout.write(io.json ? `${JSON.stringify({ url: server.url, fingerprint: server.fingerprint })}\n` : `${text('cli.district.serving', { url: server.url, fingerprint: server.fingerprint })}\n`);
      if (!io.signal.aborted) await once(io.signal, 'abort');
      await server.close();
      return { exit: 0, json: { url: server.url, stopped: true } };
    }
  }
}
