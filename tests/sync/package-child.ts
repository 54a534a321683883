/** Run by `package-format.test.ts` in a process of its own: it is killed, starved of space, or measured. */
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import path from 'node:path';
import { decryptBody } from '../../main/sync/package-body.ts';
import { openPackage } from '../../main/sync/package-open.ts';
import { fakeSchool, paperFiles, sealFor, type FakeSchool } from './package-fixture.ts';

const [, , folder = '', moment = ''] = process.argv;
const school = await fakeSchool();

function powerFails(): never {
  process.kill(process.pid, 'SIGKILL');
  for (;;);
}

async function sealAndOpen(of: FakeSchool, sequence: number, papers: number): Promise<number> {
  const files = paperFiles(path.join(folder, `giấy ${sequence}`), papers, 2_000_000, sequence);
  const sealed = await sealFor(of, folder, sequence, { previous: sequence === 1 ? '0'.repeat(64) : 'a'.repeat(64), files });
  const opened = await openPackage(sealed.file);
  let bytes = 0;
  for await (const part of decryptBody(opened.body(), { header: opened.header, identities: [of.identity] })) if (part.kind === 'paper') bytes += part.bytes.length;
  return bytes;
}

switch (moment) {
  case 'rename':
    // Everything is written and flushed; only the last step is missing.
    fs.rename = powerFails;
    syncBuiltinESMExports();
    await sealFor(school, folder, 1);
    break;
  case 'body': {
    const files = paperFiles(path.join(folder, 'giấy'), 20, 1_000_000);
    const open = fs.readFile;
    let reads = 0;
    fs.readFile = ((...args: Parameters<typeof open>) => ((reads += 1) > 15 ? powerFails() : open(...args))) as typeof open;
    syncBuiltinESMExports();
    await sealFor(school, folder, 1, { files });
    break;
  }
  case 'full': {
    const open = fs.open;
    fs.open = async (...args: Parameters<typeof open>) => {
      const handle = await open(...args);
      handle.write = () => Promise.reject(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
      return handle;
    };
    syncBuiltinESMExports();
    await sealFor(school, folder, 1).then(() => console.log('sealed'), (fault: unknown) => console.log((fault as { code?: string }).code));
    break;
  }
  case 'memory': {
    await sealAndOpen(school, 1, 11);
    const before = process.resourceUsage().maxRSS;
    const bodyBytes = await sealAndOpen(school, 2, 101);
    console.log(JSON.stringify({ grownMiB: Math.round((process.resourceUsage().maxRSS - before) / 1024), bodyBytes }));
    break;
  }
  default:
    throw new Error(`unknown moment ${moment}`);
}
