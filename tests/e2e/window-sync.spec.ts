import { readFileSync } from 'node:fs';
import path from 'node:path';
import { districtKeys } from '../../district/district-keys.ts';
import { enrolSchool } from '../../district/district-schools.ts';
import { startDistrict } from '../../district/district-server.ts';
import { followsChain } from '../../main/sync/package-chain.ts';
import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';
import { savedFile } from './window-work.ts';

const name = 'Sở Giáo dục và Đào tạo thử nghiệm';

test('a school is taken up by its authority, sends everything, and hears that nothing is missing', async ({ page, app, dataFolder }) => {
  test.slow();
  const folder = path.join(dataFolder, '..', 'cơ quan quản lí');
  const keysDir = path.join(folder, 'khoá');
  const publicFile = path.join(folder, 'chấp nhận.json');
  const { fingerprint } = await districtKeys({ keysDir, out: publicFile, name });
  const db = path.join(folder, 'kho');

  await signIn(page, 'secretary');
  await goTo(page, 'Gửi dữ liệu');
  await expect(page.getByText('Trường chưa ghi danh với cơ quan quản lí')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Gửi ngay' })).toHaveCount(0);
  const request = await savedFile(page, app, folder, () => page.getByRole('button', { name: 'Tạo tệp yêu cầu' }).click());
  const requestFile = path.join(folder, request.name);
  const school = await enrolSchool({ db, file: requestFile });
  await expect(page.getByRole('complementary')).toContainText(school.fingerprint.replaceAll(' ', ''));

  const district = await startDistrict({ db, port: 0, keysDir, verifyChain: followsChain });
  try {
    await page.getByLabel('Nhận tệp chấp nhận…').setInputFiles(publicFile);
    const dialog = page.getByRole('dialog', { name: 'Có đúng là cơ quan quản lí của trường?' });
    await expect(dialog).toContainText(name);
    await expect(dialog).toContainText(fingerprint.replaceAll(' ', ''));
    await dialog.getByLabel('Địa chỉ máy chủ nhận (nếu có)').fill(district.url);
    await dialog.getByRole('button', { name: 'Giống, đồng ý' }).click();
    await page.getByRole('button', { name: 'Gửi ngay' }).click();
    await expect(page.getByText('1/1 gói đã nhận, không thiếu')).toBeVisible({ timeout: 90_000 });
    await expect(page.getByText('Mọi thay đổi đã nằm trong một gói.')).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Các gói dữ liệu' }).getByRole('row').nth(1)).toContainText('Đã nhận');
  } finally {
    await district.close();
  }
});

test('by stick: the package is a file, waits for its receipt, and a wrong receipt is refused in words', async ({ page, app, dataFolder }) => {
  test.slow();
  const folder = path.join(dataFolder, '..', 'usb');
  const publicFile = path.join(folder, 'chấp nhận.json');
  await districtKeys({ keysDir: path.join(folder, 'khoá'), out: publicFile, name });
  await signIn(page, 'secretary');
  await goTo(page, 'Gửi dữ liệu');
  await page.getByLabel('Nhận tệp chấp nhận…').setInputFiles(publicFile);
  await page.getByRole('button', { name: 'Giống, đồng ý' }).click();
  await expect(page.getByText('chưa đặt; gửi bằng USB')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Gửi ngay' })).toBeDisabled();

  const made = await savedFile(page, app, folder, () => page.getByRole('button', { name: 'Xuất ra tệp' }).click());
  expect(made.bytes.length).toBeGreaterThan(1000);
  await expect(page.getByText('0/1 gói đã nhận, 1 gói chờ biên nhận')).toBeVisible();
  await page.getByLabel('Nhận tệp biên nhận…').setInputFiles({ name: 'biên nhận.json', mimeType: 'application/json', buffer: readFileSync(publicFile) });
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Các gói dữ liệu' }).getByRole('row').nth(1)).toContainText('Chờ biên nhận');
});
