import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';

test('the roll of a class is called by the keyboard, taken back, finished, and stands on the board of the day', async ({ page }, info) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Chuyên cần');
  await page.getByLabel('Ngày', { exact: true }).fill('05/10/2025');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Không phải ngày học')).toBeVisible();
  await page.getByRole('button', { name: 'Ngày sau' }).click();
  const open = page.getByRole('link', { name: 'Mở sổ lớp 9A' });
  await expect(open).toContainText('Chưa điểm danh');
  await page.screenshot({ path: info.outputPath('day.png') });
  await open.click();

  const grid = page.getByRole('grid', { name: /Điểm danh lớp 9A/ });
  const cells = grid.getByRole('gridcell', { name: /06\/10\/2025: có mặt/ });
  await expect(cells.first()).toBeVisible();
  const all = await cells.count();
  await cells.first().focus();
  await page.keyboard.press('p');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('k');
  await page.keyboard.press('Control+z');
  await expect(cells).toHaveCount(all - 2);
  await expect(page.getByText(/^Đã lưu /)).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText('Đã điểm danh 06/10/2025', { exact: true })).toBeVisible();
  await page.screenshot({ path: info.outputPath('month.png') });

  await page.reload();
  if (await page.getByLabel('Tên đăng nhập').isVisible()) await signIn(page, 'secretary');
  await expect(grid.getByRole('gridcell', { name: /06\/10\/2025: vắng có phép/ })).toHaveCount(1);
  await expect(grid.getByRole('gridcell', { name: /06\/10\/2025: vắng không phép/ })).toHaveCount(1);
  await page.goBack();
  await page.getByLabel('Ngày', { exact: true }).fill('06/10/2025');
  await page.keyboard.press('Enter');
  await expect(open).toContainText('Đã điểm danh');
  await expect(page.getByRole('list', { name: '2 vắng' })).toBeVisible();
});
