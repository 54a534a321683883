import { spawnSync } from 'node:child_process';

const debianPackage: Record<string, string> = { age: 'age', zstd: 'zstd', openssl: 'openssl', unzip: 'unzip', tar: 'tar', psql: 'postgresql-client' };

/** Runs one of the ordinary tools a stranger would check our files with. Fails naming the Debian package when it is not installed. */
export function outside(tool: string, args: readonly string[], input?: Uint8Array): { status: number; stdout: Buffer; stderr: string } {
  const run = spawnSync(tool, args, { input, maxBuffer: 512 * 1024 ** 2 });
  if (run.error !== undefined && 'code' in run.error && run.error.code === 'ENOENT') throw new Error(`this test needs ${tool}: apt-get install ${debianPackage[tool] ?? tool}`);
  if (run.error !== undefined) throw run.error;
  return { status: run.status ?? -1, stdout: run.stdout, stderr: run.stderr.toString('utf8') };
}
