/** Run by `district-server.test.ts`: two processes and one embedded database. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { startDistrict } from '../../district/district-server.ts';
import { enrolSchool } from '../../district/district-schools.ts';
import { writeSchoolEnrolment } from '../../main/sync/enrolment-school.ts';
import { newSigningKey } from '../../main/sync/keys-ed25519.ts';

const [, , db = '', keysDir = '', role = 'visitor'] = process.argv;

if (role === 'server') {
  const { url } = await startDistrict({ db, port: 0, keysDir });
  console.log(url);
  await new Promise(() => setInterval(() => undefined, 1000));
}

const server = spawn(process.execPath, [import.meta.filename, db, keysDir, 'server'], { stdio: ['ignore', 'pipe', 'inherit'] });
const [line] = await once(server.stdout, 'data') as [Buffer];
console.log('started');
await startDistrict({ db, port: 0, keysDir }).catch((fault: { code: string }) => console.log(fault.code));

// The embedded database is the server's: enrolment goes through it.
const file = path.join(db, 'trường.json');
writeFileSync(file, writeSchoolEnrolment({ school: 'S-05', name: 'THPT Số 5', device: 'd', packageKey: newSigningKey(), createdAt: '2026-11-22T08:00:00Z' }).text);
console.log(`enrolled ${(await enrolSchool({ db, file })).school}`);
const known = async (url: string) => console.log((await fetch(new URL('/v1/schools/S-05/devices/d', url))).status === 200 ? 'S-05 known' : 'S-05 unknown');
await known(line.toString().trim());

server.kill('SIGKILL');
await once(server, 'exit');
const again = await startDistrict({ db, port: 0, keysDir });
console.log('started after a kill');
await known(again.url);
await again.close();
process.exit(0);
