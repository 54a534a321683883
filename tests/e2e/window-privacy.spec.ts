import path from 'node:path';
import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';

/** A folder for pictures of every screen, when somebody wants to look at them. */
const pictures = process.env['PICTURES'];

test('the office takes up purposes, records a class\'s consents, answers a request and starts the clock of an incident', async ({ page }) => {
  const show = async (name: string): Promise<void> => {
    if (pictures === undefined) return;
    for (const [width, height] of [[1366, 688], [1920, 1000]] as const) {
      await page.setViewportSize({ width, height });
      for (const scheme of ['light', 'dark']) {
        await page.evaluate(value => { document.documentElement.dataset['mantineColorScheme'] = value; }, scheme);
        await page.screenshot({ path: path.join(pictures, `${name}-${width}-${scheme}.png`) });
      }
    }
    await page.setViewportSize({ width: 1366, height: 688 });
    await page.evaluate(() => { document.documentElement.dataset['mantineColorScheme'] = 'light'; });
  };
  const tab = async (name: string): Promise<void> => { await page.getByRole('radiogroup', { name: 'Dữ liệu cá nhân' }).getByText(name, { exact: true }).click(); };
  await signIn(page, 'secretary');
  await goTo(page, 'Hệ thống');
  await page.getByRole('main').getByRole('link', { name: 'Dữ liệu cá nhân' }).click();
  await expect(page.getByText('Chưa có mục đích nào')).toBeVisible();
  await show('purposes-empty');

  await page.getByRole('button', { name: 'Lấy danh mục gợi ý (11)' }).click();
  await expect(page.getByRole('grid', { name: 'Mục đích' }).getByRole('row')).toHaveCount(12);
  await expect(page.getByText('Gợi ý, chưa xác nhận').first()).toBeVisible();
  await show('purposes');
  await page.getByRole('button', { name: 'Xác nhận cả 11 dòng' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Xác nhận', exact: true }).click();
  await expect(page.getByRole('button', { name: /Xác nhận cả/ })).toBeHidden();

  await tab('Sự đồng ý');
  await page.getByRole('combobox', { name: 'Mục đích' }).click();
  await page.getByRole('option', { name: /Chụp ảnh/ }).click();
  await page.getByRole('button', { name: 'Chọn em chưa có ý kiến' }).click();
  await page.getByRole('button', { name: /^Ghi ý kiến \(\d+\)/ }).click();
  await page.getByRole('dialog').getByLabel('Tên người cho ý kiến').fill('Phiếu thu ngày họp phụ huynh');
  await show('consent-dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
  const consents = page.getByRole('grid', { name: 'Sự đồng ý' });
  await expect(consents.getByRole('row').nth(1)).toContainText('✓Đồng ý');
  await show('consents');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(consents.getByRole('row').nth(1)).toContainText('Chưa có ý kiến');
  await page.getByRole('button', { name: 'In phiếu lấy ý kiến' }).click();
  await expect(page.getByRole('dialog').getByRole('img', { name: /Trang 1\/\d/ })).toBeVisible({ timeout: 30_000 });
  await page.keyboard.press('Escape');
  const pupil = await consents.getByRole('row').nth(1).getByRole('gridcell').nth(1).textContent() ?? '';

  await tab('Yêu cầu');
  await expect(page.getByText('Không có yêu cầu nào')).toBeVisible();
  await page.getByRole('button', { name: 'Ghi yêu cầu' }).first().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Loại yêu cầu' }).click();
  await page.getByRole('option', { name: 'Xoá dữ liệu' }).click();
  await dialog.getByRole('combobox', { name: 'Tìm trong hồ sơ' }).fill(pupil.normalize('NFD').replaceAll(/\p{M}/gu, ''));
  await page.getByRole('option', { name: new RegExp(pupil) }).first().click();
  await dialog.getByLabel('Người yêu cầu').fill('Lò Thị Mẹ');
  await dialog.getByLabel('Nội dung').fill('Xin xoá dữ liệu của cháu');
  await show('request-dialog');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  const pane = page.getByRole('complementary', { name: 'Yêu cầu đang chọn' });
  await expect(pane).toContainText('Luật buộc giữ');
  await show('requests');
  const download = page.waitForEvent('download');
  await pane.getByRole('button', { name: 'Xuất dữ liệu của người này' }).click();
  expect((await download).suggestedFilename()).toContain(pupil);
  await pane.getByRole('button', { name: 'Trả lời' }).click();
  await page.getByRole('dialog').getByLabel('Nội dung trả lời').fill('Hồ sơ luật buộc giữ; đã gửi bản sao.');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByText('Không có yêu cầu nào')).toBeVisible();

  await tab('Sự cố');
  await page.getByRole('button', { name: 'Ghi sự cố' }).first().click();
  await page.getByRole('dialog').getByLabel('Sự việc').fill('Gửi nhầm danh sách lớp sang nhóm khác');
  await show('incident-dialog');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByRole('grid', { name: 'Sự cố' })).toContainText(/còn 7[12] giờ/);
  await show('incidents');

  await tab('Đã xuất');
  await expect(page.getByRole('grid', { name: 'Đã xuất' })).toContainText('trả lời yêu cầu số 1/');
  await show('exports');
  await tab('Ai đã xem');
  await show('looks');
  await tab('Cài đặt');
  await expect(page.getByText('Cần đối chiếu với luật')).toBeVisible();
  await show('settings');
  await goTo(page, 'Trang chủ');
  await expect(page.getByText('1 sự cố dữ liệu cá nhân chưa báo cáo')).toBeVisible();
  await show('home');
});
