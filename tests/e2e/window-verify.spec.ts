import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { signPdf } from '../../main/signing/sign-pdf.ts';
import { paperWithFields } from '../signing/sample-papers.ts';
import { buildSoftwareWorld, type SoftwareWorld } from '../signing/software-people.ts';
import { expect, signIn, test as base } from './shells.ts';
import { goTo } from './window-acts.ts';
import { dropFile } from './window-work.ts';

const test = base.extend<object, { world: SoftwareWorld }>({
  // oxlint-disable-next-line no-empty-pattern -- Playwright reads the needed fixtures from this pattern
  world: [async ({}, use) => {
    const world = await buildSoftwareWorld();
    await use(world);
    await world.close();
  }, { scope: 'worker' }],
  dataFolder: async ({ dataFolder, world }, use) => {
    mkdirSync(path.join(dataFolder, 'trust'), { recursive: true });
    writeFileSync(path.join(dataFolder, 'trust', 'root.pem'), world.pki.rootPem);
    await use(dataFolder);
  },
});

test('a signed paper gets its verdict, its signer, its time and its chain; one flipped byte is told', async ({ page, world }) => {
  const signed = await signPdf({
    pdf: paperWithFields(), field: 'principal', role: 'principal', signer: await world.person(), time: new Date(), name: 'Nguyễn Thị Hồng Hạnh', reason: 'Duyệt', location: 'Hoà Bình',
    tsa: { url: world.servers.tsaUrl },
  });
  await signIn(page, 'teacher');
  await goTo(page, 'Kiểm tra');
  await page.getByLabel('Thả tệp PDF vào đây, hoặc bấm để chọn').setInputFiles({ name: 'Học bạ.pdf', mimeType: 'application/pdf', buffer: Buffer.from(signed.pdf) });
  const verdict = page.getByRole('main').getByRole('status');
  await expect(verdict).toContainText('Hợp lệ, 1 chữ ký.');
  await expect(page.getByRole('heading', { name: '1. Nguyễn Thị Hồng Hạnh' })).toBeVisible();
  await expect(page.getByText('có dấu thời gian')).toBeVisible();
  await page.getByText(/^Chuỗi chứng thư số \(\d\)/).click();
  await expect(page.getByText('Root CA giả lập', { exact: true })).toBeVisible();

  const damaged = Buffer.from(signed.pdf);
  damaged[2000] = (damaged[2000] ?? 0) ^ 1;
  await page.getByLabel('Kiểm tra tệp khác…').setInputFiles({ name: 'Học bạ đã sửa.pdf', mimeType: 'application/pdf', buffer: damaged });
  await expect(verdict).toContainText('Không hợp lệ.');
  await expect(page.getByText('Nội dung đã bị thay đổi sau khi ký.')).toBeVisible();
});

test('a paper nobody signed vouches for nothing, and what is no PDF is refused in words', async ({ page }) => {
  await signIn(page, 'teacher');
  await goTo(page, 'Kiểm tra');
  const box = page.getByRole('button', { name: /^Thả tệp PDF/ });
  await expect(box).toBeVisible();
  await dropFile(page, 'footer', 'Chưa ký.pdf', paperWithFields());
  await expect(page.getByRole('main').getByRole('status')).toContainText('Chưa có chữ ký.');
  await page.getByRole('button', { name: 'Đóng' }).click();
  await expect(box).toBeVisible();
  await dropFile(page, 'footer', 'ảnh chụp.pdf', Buffer.from('không phải PDF'));
  await expect(page.getByRole('main')).toContainText(/Không đọc được tệp PDF|Chưa kết luận được|Không hợp lệ/);
});
