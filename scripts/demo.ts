import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { districtKeys } from '../district/district-keys.ts';
import { enrolSchool } from '../district/district-schools.ts';
import { buildDemoSchool } from '../main/demo/build-demo-school.ts';
import { demoAuthority } from '../main/demo/demo-certificates.ts';
import { classesOf } from '../main/school/school-class-store.ts';
import { valueOf, withCore, type CommandIo } from '../main/entry/cli-session.ts';
import { dataFolder } from '../main/entry/data-folder.ts';
import { readReceipt, receiptFile } from '../main/sync/package-receipt.ts';
import { packages } from '../main/sync/sync-store.ts';
import { readAuthorityKeys } from '../main/sync/enrolment-authority.ts';
import { signPapers } from '../main/signing/signing-service.ts';
import { softwareSigner } from '../main/signing/signer.ts';
import { verifyPdf } from '../main/signing/verify-pdf.ts';
import { paperFileName, prepareClass } from '../main/transcripts/transcripts-service.ts';
import { principalName } from '../main/transcripts/transcripts-store.ts';
import type { YearEndCounts } from '../preload/contract/year-end.ts';
import type { OutputOf } from '../preload/contract/base.ts';
import type { sync } from '../preload/contract/sync.ts';

/**
 * `npm run demo`: a whole school from Excel to an acknowledged package, unattended, on what the checkout brings: software certificates in
 * place of tokens, the district server's embedded database. Leaves `demo-output/` to look at.
 */
const root = path.resolve(import.meta.dirname, '..');
const out = path.join(root, 'demo-output');
const data = path.join(out, 'dữ liệu trường');
const papersFolder = path.join(out, 'học bạ 9A');
const year = '2025-2026';
const pupils = Number(process.argv[2] ?? 120);

rmSync(out, { recursive: true, force: true });
mkdirSync(papersFolder, { recursive: true });
const io: CommandIo = { json: false, signal: new AbortController().signal, line: console.log, progress: () => undefined };
let stepNumber = 0;

async function step<T>(title: string, work: () => Promise<T>, tell: (value: T) => string): Promise<T> {
  stepNumber += 1;
  const started = performance.now();
  const value = await work();
  console.log(`${stepNumber}. ${title}: ${tell(value)} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  return value;
}

/** The authority's server is another program on another machine: here, another process. */
async function serveDistrict(db: string, keys: string): Promise<{ url: string; stop(): Promise<void> }> {
  const child = spawn(process.execPath, [path.join(root, 'main/entry/cli.ts'), 'district', 'serve', '--db', db, '--port', '0', '--keys', keys, '--json'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise<void>(resolve => { child.once('close', () => { resolve(); }); });
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => { resolve(chunk.toString()); });
    child.once('close', exit => { reject(new Error(`district serve: ${exit}`)); });
  });
  return { url: (JSON.parse(line) as { url: string }).url, stop: async () => { child.kill('SIGINT'); await ended; } };
}

console.log('Sổ Trường · chạy thử cả một năm học, không cần thẻ ký và máy chủ ngoài\n');
await withCore({ data, as: undefined, create: true, demoKey: true }, async (core, session) => {
  const { door, database, services } = core;
  const folder = dataFolder(data);
  const context = door.jobContext(session, io);

  await step('Nhập từ Excel', () => buildDemoSchool(door, session, { pupils, level: 'thcs', seed: 1, year, importFolder: folder.imports, signal: io.signal, progress: io.progress }),
    school => `${school.pupils} học sinh, ${school.classes.length} lớp, ${school.staff} cán bộ, ${school.marks} điểm`);
  await step('Sổ điểm', async () => database.journalHead(), head => `${head.seq} thay đổi trong nhật ký, móc nối bằng SHA-256, đến ${head.hash.slice(0, 12)}…`);
  await step('Tổng kết', async () => valueOf<YearEndCounts>(await door.runJob('yearEnd.compute', { year }, session, io)),
    counts => `lên lớp ${counts.promoted}, đánh giá lại ${counts.reassess}, rèn luyện hè ${counts.summerTraining}, ở lại ${counts.repeat}; khen ${counts.awards.XS} xuất sắc, ${counts.awards.G} giỏi`);

  const found = classesOf(database.read, year).find(({ name }) => name === '9A');
  if (!found) throw new Error('9A');
  const prepared = await step('Lập học bạ 9A', () => prepareClass(context, found.id, null), made => `${made.papers.length} học bạ, ${made.papers.reduce((sum, paper) => sum + paper.pages, 0)} trang`);

  const authority = demoAuthority(services.clock());
  const people = { homeroom: found.homeroom ?? '', principal: principalName(database.read), seal: 'Trường mẫu' };
  mkdirSync(path.join(data, 'trust'), { recursive: true });
  writeFileSync(path.join(data, 'trust', 'chung-thu-mau.pem'), authority.rootPem);
  await step('Ký số', async () => {
    let signed = 0;
    for (const role of ['homeroom', 'principal', 'seal'] as const) {
      const { pkcs12, password } = authority.issue(people[role], role, 'Trường mẫu');
      signed += (await signPapers(context, { classId: found.id, role, signer: softwareSigner(pkcs12, password), tsaUrl: null })).signed;
    }
    return signed;
  }, signed => `${signed} chữ ký bằng chứng thư phần mềm (chủ nhiệm, hiệu trưởng, con dấu)`);

  await step('Kiểm tra chữ ký', async () => {
    const tally: Record<string, number> = {};
    for (const paper of prepared.papers) {
      const filed = valueOf<{ bytes: Uint8Array }>(door.call('transcripts.paper', { transcriptId: paper.transcriptId }, session));
      writeFileSync(path.join(papersFolder, paperFileName('9A', paper.pupilName, paper.pupilCode)), filed.bytes);
      const { status } = await verifyPdf(filed.bytes, { trust: authority.rootPem, now: services.clock(), checkRevocation: false });
      tally[status] = (tally[status] ?? 0) + 1;
    }
    return tally;
  }, tally => Object.entries(tally).map(([status, count]) => `${count} ${status}`).join(', '));

  const keysFolder = path.join(out, 'cơ quan quản lý', 'khoá');
  const districtDatabase = path.join(out, 'cơ quan quản lý', 'cơ sở dữ liệu');
  const authorityFile = path.join(out, 'cơ quan quản lý', 'authority.json');
  const { fingerprint } = await districtKeys({ keysDir: keysFolder, out: authorityFile, name: 'Phòng Văn hóa – Xã hội (mẫu)' });
  const district = await step('Mở máy chủ của cơ quan quản lý', () => serveDistrict(districtDatabase, keysFolder), started => `${started.url}, cơ sở dữ liệu nhúng`);
  try {
    await step('Đăng ký hai bên', async () => {
      const request = valueOf<OutputOf<(typeof sync)['enrolmentRequest']>>(door.call('sync.enrolmentRequest', {}, session));
      const requestFile = path.join(out, 'cơ quan quản lý', request.fileName);
      writeFileSync(requestFile, request.bytes);
      await enrolSchool({ db: districtDatabase, file: requestFile });
      valueOf(door.call('sync.enrolmentAccept', { fileName: 'authority.json', bytes: new Uint8Array(readFileSync(authorityFile)), confirm: true }, session));
      return request.fingerprint;
    }, school => `trường ${school}, cơ quan ${fingerprint}`);
    await step('Gửi gói dữ liệu', async () => valueOf<OutputOf<(typeof sync)['push']>>(await door.runJob('sync.push', { server: district.url }, session, io)),
      done => `gửi ${done.sent} gói, ${done.acknowledged} đã nhận, ${done.waiting} chờ`);
  } finally {
    await district.stop();
  }

  const row = packages(database.read).at(-1);
  if (!row?.receipt) throw new Error('no receipt');
  cpSync(path.join(folder.packages, row.file_name), path.join(out, row.file_name));
  const stored = JSON.parse(row.receipt) as { json: string; signature: string };
  const receipt = receiptFile({ json: Buffer.from(stored.json), signature: Buffer.from(stored.signature, 'base64') });
  readReceipt(receipt, readAuthorityKeys(readFileSync(authorityFile, 'utf8')).receiptKeys);
  writeFileSync(path.join(out, row.file_name.replace('.stpkg', '.streceipt')), receipt);
  console.log(`\nBộ nhớ cao nhất của chương trình ở trường: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB. Xem kết quả trong ${out}:`);
  for (const name of readdirSync(out)) console.log(`  ${name}`);
});
