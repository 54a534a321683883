import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Page } from '@playwright/test';
import type { ClassCard } from '../../preload/contract/classes.ts';
import { buildSigningWorld, PIN, type CertificateName, type SigningWorld } from '../fake/tokens.ts';
import { expect, signIn, test as base } from './shells.ts';
import { callBeside, goTo, sheetOf, writeBeside, year } from './window-acts.ts';
import { homeroomTeacher, signInAs, signOut } from './window-work.ts';

type World = SigningWorld & { fault: ReturnType<SigningWorld['faultModule']> };

const test = base.extend<object, { world: World }>({
  // Before any program starts: its token process inherits the place of the tokens from this one's environment.
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from this pattern
  world: [async ({}, use) => {
    const world = await buildSigningWorld();
    const fault = world.faultModule();
    Object.assign(process.env, fault.env);
    await use({ ...world, fault });
    await world.close();
  }, { scope: 'worker', auto: true }],
  dataFolder: async ({ dataFolder, world }, use) => {
    mkdirSync(path.join(dataFolder, 'trust'), { recursive: true });
    writeFileSync(path.join(dataFolder, 'trust', 'root.pem'), world.pki.rootPem);
    await use(dataFolder);
  },
});

/** Prepares a class beside the window, as the secretary. */
async function prepare(page: Page, className: string): Promise<ClassCard> {
  await signIn(page, 'secretary');
  const { classes } = await callBeside<{ classes: ClassCard[] }>(page, 'classes.list', { year });
  const found = classes.find(one => one.name === className);
  if (found === undefined) throw new Error(`the demo school has no class ${className}`);
  const { jobId } = await callBeside<{ jobId: string }>(page, 'transcripts.prepare', { classId: found.classId });
  await expect.poll(async () => (await callBeside<{ state: string }>(page, 'system.job', { jobId })).state, { timeout: 60_000 }).toBe('done');
  return found;
}

async function choose(page: Page, world: World, className: string, certificate: CertificateName): Promise<void> {
  await goTo(page, 'Ký số');
  await page.getByRole('radio', { name: new RegExp(`^Lớp ${className}:`) }).check();
  // It opens by itself while it is the one that stands in the way.
  const light = page.getByRole('button', { name: /^.?Chứng thư số/ });
  await expect(light).not.toContainText('chờ bước trước');
  const radio = page.locator(`input[value="${world.certificates[certificate].sha256}"]`);
  if (await light.getAttribute('aria-expanded') !== 'true') await light.click();
  await radio.check();
}

const pinField = (page: Page) => page.getByRole('textbox', { name: 'Mã PIN' }).or(page.getByLabel('Mã PIN', { exact: true }));

test('a class is signed: the wrong PIN costs a try and stands nowhere, the right one signs every paper; a changed result then needs a new version with a reason', async ({ page, world }) => {
  test.slow();
  const { account, className } = homeroomTeacher();
  const card = await prepare(page, className);
  await signOut(page);
  await signInAs(page, account);
  await choose(page, world, className, 'homeroom');
  const sign = page.getByRole('button', { name: `Ký ${card.pupils} học bạ lớp ${className}` });
  await sign.click();

  const dialog = page.getByRole('dialog', { name: 'Nhập mã PIN của thiết bị ký' });
  await expect(dialog).toContainText('Trần Văn Bình');
  const field = pinField(page);
  await expect(field).toHaveAttribute('type', 'password');
  await expect(field).toHaveAttribute('autocomplete', 'new-password');
  await field.fill('ố12345');
  await expect(dialog).toContainText('Bộ gõ tiếng Việt');
  await field.fill('271828');
  await page.keyboard.press('Enter');
  await expect(dialog.getByRole('alert')).toContainText('Sai mã PIN');
  await expect(field).toHaveValue('');
  expect(await page.content()).not.toContain('271828');

  await field.fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByText(`${card.pupils} ký xong`)).toBeVisible({ timeout: 60_000 });
  await expect(page.getByText('không có dấu thời gian')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Ký', exact: true })).toBeDisabled();
  await page.getByRole('button', { name: /Mã PIN/ }).click();
  await page.getByRole('button', { name: 'Đóng phiên ký' }).click();
  await expect(page.getByRole('button', { name: /Mã PIN/ })).toContainText('sẵn sàng nhập');
  await signOut(page);

  await signIn(page, 'secretary');
  const sheet = await sheetOf(page, { className, subjectName: 'Toán', term: 2 });
  const row = sheet.rows[0];
  const before = row?.marks.ck;
  if (row === undefined || before?.state !== 'score') throw new Error('the demo school has no final mark in Toán');
  await writeBeside(page, sheet.sheetId, row.enrolmentId, 'ck', before, { state: 'score', tenths: before.tenths === 100 ? 95 : 100 });
  await callBeside(page, 'yearEnd.compute', { year, classId: card.classId });
  await goTo(page, 'Học bạ');
  await page.getByRole('grid', { name: 'Học bạ' }).getByRole('row', { name: new RegExp(`^${className}`) }).dblclick();
  const papers = page.getByRole('grid', { name: `Học bạ lớp ${className}` });
  await expect(papers.getByRole('row', { name: new RegExp(row.name) }).first()).toContainText('kết quả đã đổi');
  await page.getByRole('button', { name: 'Lập lại học bạ' }).click();
  const renew = page.getByRole('dialog', { name: 'Lập bản mới cho học bạ đã ký?' });
  await expect(renew).toContainText(row.name);
  await renew.getByLabel('Lí do lập bản mới').fill('Phúc khảo môn Toán');
  await renew.getByRole('button', { name: 'Lập lại học bạ' }).click();
  await expect(page.getByText(`Đã lập 1 học bạ, giữ nguyên ${card.pupils - 1}`)).toBeVisible({ timeout: 60_000 });
  await expect(papers.getByRole('row', { name: new RegExp(row.name) }).first()).toContainText('bản 2');
});

test('a stopped batch keeps what is signed and goes on from the next paper without asking for the PIN again', async ({ page, world }) => {
  test.slow();
  const { account, className } = homeroomTeacher();
  const card = await prepare(page, className);
  await signOut(page);
  await signInAs(page, account);
  await choose(page, world, className, 'homeroom');
  await page.getByRole('button', { name: new RegExp(`^Ký ${card.pupils} học bạ`) }).click();
  await pinField(page).fill(PIN);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Dừng' }).click();
  await expect(page.getByText('Việc ký dừng giữa hai học bạ.')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('button', { name: 'Ký tiếp' }).click();
  await expect(page.getByRole('radio', { name: `Lớp ${className}: 0 ký được, ${card.pupils} đã ký` })).toBeAttached({ timeout: 60_000 });
});

test('no device plugged in is said with what to do', async ({ page, world }) => {
  test.slow();
  const { account, className } = homeroomTeacher();
  await prepare(page, className);
  await signOut(page);
  const away = `${world.tokenFolder} rút ra`;
  renameSync(world.tokenFolder, away);
  mkdirSync(world.tokenFolder);
  try {
    await signInAs(page, account);
    await goTo(page, 'Ký số');
    await page.getByRole('radio', { name: new RegExp(`^Lớp ${className}:`) }).check();
    await expect(page.getByRole('button', { name: /^.?Thiết bị ký/ })).toContainText('chưa cắm');
    await expect(page.getByText('Chưa thấy thiết bị ký. Hãy cắm thiết bị vào cổng USB')).toBeVisible();
    await expect(page.getByText('Các đèn của thiết bị ký phải xanh trước.')).toBeVisible();
  } finally {
    rmSync(world.tokenFolder, { recursive: true });
    renameSync(away, world.tokenFolder);
  }
});

test('an expired certificate and a file that is no driver stand in the way, each with its words', async ({ page, world }) => {
  test.slow();
  const { account, className } = homeroomTeacher();
  await prepare(page, className);
  await signOut(page);
  await signInAs(page, account);
  await choose(page, world, className, 'expired');
  await expect(page.getByRole('button', { name: /Hiệu lực/ })).toContainText('đã hết hạn');
  const sign = page.getByRole('button', { name: /^Ký \d+ học bạ/ });
  await expect(sign).toBeDisabled();

  await page.getByRole('button', { name: /Trình điều khiển/ }).click();
  await page.getByLabel('Tệp khác').fill(path.resolve('package.json'));
  await page.getByRole('button', { name: 'Dùng tệp này' }).click();
  await expect(page.getByRole('main').getByRole('alert')).toContainText('không phải trình điều khiển thiết bị ký');
  await expect(sign).toBeDisabled();
});

test('a device pulled out in the middle stops the batch with its remedy, and signing goes on after the PIN; the last try is announced before it is spent', async ({ page, world }) => {
  test.slow();
  const { account, className } = homeroomTeacher();
  const card = await prepare(page, className);
  await signOut(page);
  world.fault.control('sign_err 32\nafter 3\n');
  await signInAs(page, account);
  // The driver as chosen last time on this machine. SoftHSM stands behind this one too, and cannot be started twice in one process.
  await page.evaluate(module => { localStorage.setItem('so-truong.signing.module', module); }, world.fault.module);
  await choose(page, world, className, 'homeroom');
  const sign = page.getByRole('button', { name: /^Ký \d+ học bạ/ });
  await sign.click();
  await pinField(page).fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /Cắm lại thiết bị/ })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText('Việc ký dừng giữa hai học bạ.')).toBeVisible();

  world.fault.control('tries 2\n');
  await page.getByRole('button', { name: 'Ký tiếp' }).click();
  const dialog = page.getByRole('dialog', { name: 'Nhập mã PIN của thiết bị ký' });
  await pinField(page).fill('271828');
  await page.keyboard.press('Enter');
  await expect(dialog).toContainText('Thẻ còn 1 lần thử; sai nữa thẻ sẽ khoá.');
  await pinField(page).fill(PIN);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('radio', { name: `Lớp ${className}: 0 ký được, ${card.pupils} đã ký` })).toBeAttached({ timeout: 60_000 });
  world.fault.control('');
});
