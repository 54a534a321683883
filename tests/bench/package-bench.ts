import { execFileSync } from 'node:child_process';
import { rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { privateKeyPem } from '../../main/sync/keys-ed25519.ts';
import type { JournalRow } from '../../main/sync/package-format.ts';
import { fakeSchool, journalRows, paperFiles, sealFor, temporaryFolder } from '../sync/package-fixture.ts';

const rows = 20_000;
const papers = 300;
const paperBytes = 200_000;
const rounds = 5;

/**
 * Sealing a package beside making the same package by hand with the ordinary tools: `zstd | age`, the body's SHA-256, the signature, a stored ZIP,
 * flushed, tested, and its SHA-256. Ours also serialises the rows and hashes every paper. `zstd | age` alone stands in the note.
 */
export const packageBench = {
  name: 'package-seal',
  ratioLimit: 2,
  async run(): Promise<{ oursMs: number; peerMs: number; note: string }> {
    const { folder, remove } = temporaryFolder();
    try {
      const school = await fakeSchool();
      const files = paperFiles(path.join(folder, 'giấy tờ'), papers, paperBytes);
      // As from the database: rows come one after another and none is kept.
      const templates = [...journalRows(1, 1000)];
      const journal = { *[Symbol.iterator]() { for (let seq = 1; seq <= rows; seq += 1) yield { ...(templates[seq % 1000] as JournalRow), seq }; } };
      const inFolder = (script: string) => execFileSync('bash', ['-ec', `set -o pipefail; ${script}`, school.recipient], { cwd: folder });
      writeFileSync(path.join(folder, 'identity.txt'), school.identity);
      writeFileSync(path.join(folder, 'signing.pem'), privateKeyPem(school.signingKey));
      const ours: number[] = [];
      const peer: number[] = [];
      const alone: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const sealed = await timed(ours, () => sealFor(school, folder, 1, { journal, files }));
        if (round === 0) inFolder(`unzip -p *.stpkg body.age | age -d -i identity.txt | zstd -dqo body.tar; unzip -p *.stpkg header.json > header.json`);
        rmSync(sealed.file);
        await timed(peer, () => inFolder('zstd -q -3 --check -c body.tar | age -r "$0" > body.age; sha256sum body.age; '
          + 'openssl pkeyutl -sign -rawin -inkey signing.pem -in header.json -out header.sig; '
          + 'zip -0 -X -q peer.zip header.json header.sig body.age; sync peer.zip; unzip -tq peer.zip; sha256sum peer.zip; rm peer.zip'));
        await timed(alone, () => inFolder('zstd -q -3 --check -c body.tar | age -r "$0" > body.age; sync body.age'));
      }
      const bytes = statSync(path.join(folder, 'body.tar')).size;
      return { oursMs: median(ours), peerMs: median(peer), note: `${Math.round(bytes / 1e6)} MB (${rows} rows, ${papers} papers), median of ${rounds}; zstd | age alone, flushed: ${Math.round(median(alone))} ms` };
    } finally {
      remove();
    }
  },
};

async function timed<T>(into: number[], work: () => T | Promise<T>): Promise<T> {
  const started = performance.now();
  const result = await work();
  into.push(performance.now() - started);
  return result;
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

export default packageBench;
