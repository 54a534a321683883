import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';

test('the secretary finds a pupil without accents, opens the record by Enter, and Back returns to the same filter and row', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Học sinh');
  const list = page.getByRole('grid', { name: 'Học sinh' });
  await expect(list.getByRole('row').nth(1)).toBeVisible();
  const all = Number(await list.getAttribute('aria-rowcount'));
  await page.getByRole('textbox', { name: 'Lọc theo tên, mã, lớp…' }).fill('nguyen');
  await expect.poll(async () => Number(await list.getAttribute('aria-rowcount'))).toBeLessThan(all);
  await list.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  const row = list.getByRole('row', { selected: true });
  const name = await row.getByRole('gridcell').first().textContent() ?? '';
  expect(name).toContain('Nguyễn');
  await expect(page.getByRole('complementary', { name: 'Thẻ học sinh' })).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();

  await page.goBack();
  await expect(page.getByRole('textbox', { name: 'Lọc theo tên, mã, lớp…' })).toHaveValue('nguyen');
  await expect(list.getByRole('row', { selected: true })).toContainText(name);
});

test('a record is edited where it stands, saved, taken back, and its history tells both', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Học sinh');
  await page.getByRole('grid', { name: 'Học sinh' }).getByRole('row').nth(1).dblclick();
  const address = page.getByLabel('Chỗ ở hiện nay');
  const before = await address.inputValue();
  await address.fill('Thôn Đồng Quỹ, số 7');
  await expect(page.getByText('1 mục đã sửa, chưa lưu')).toBeVisible();
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/^Đã lưu hồ sơ/)).toBeVisible();
  await page.getByRole('tab', { name: 'Lịch sử' }).click();
  const history = page.getByRole('tabpanel', { name: 'Lịch sử' });
  await expect(history.getByRole('row', { name: /Thôn Đồng Quỹ, số 7/ }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await page.getByRole('tab', { name: 'Lí lịch' }).click();
  await expect(address).toHaveValue(before);
});

test('what cannot be saved is said at its field', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Học sinh');
  await page.getByRole('grid', { name: 'Học sinh' }).getByRole('row').nth(1).dblclick();
  await page.getByLabel('Ngày sinh').fill('31/02/2012');
  await expect(page.getByText('Ngày sinh viết như 05/09/2011')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lưu (Ctrl+S)' })).toBeDisabled();
  await page.getByRole('button', { name: 'Thôi' }).click();
  await expect(page.getByText('mục đã sửa')).toBeHidden();
});

test('a personal id is hidden until it is asked for', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Học sinh');
  await page.getByRole('grid', { name: 'Học sinh' }).getByRole('row').nth(1).click();
  const card = page.getByRole('complementary', { name: 'Thẻ học sinh' });
  await expect(card).toContainText(/•{6,}\d{3}/);
  await card.getByRole('button', { name: /Hiện đầy đủ/ }).click();
  await expect(card).toContainText(/Số định danh\d{12}/);
});

test('classes lead to their list, their sheets and a printed list', async ({ page }) => {
  await signIn(page, 'principal');
  await goTo(page, 'Lớp');
  await page.getByRole('main').getByRole('link', { name: /^9A/ }).click();
  await expect(page.getByRole('grid', { name: 'Danh sách' }).getByRole('row').nth(3)).toBeVisible();
  await page.getByRole('button', { name: 'In danh sách' }).click();
  const dialog = page.getByRole('dialog', { name: /Danh sách lớp/ });
  await expect(dialog.getByRole('img', { name: /Trang 1\/\d/ })).toBeVisible({ timeout: 30_000 });

  // J and K flip, and every page goes to the printer as a picture.
  await page.keyboard.press('j');
  await expect(dialog.getByRole('img', { name: /Trang 2\/\d/ })).toBeVisible();
  await page.keyboard.press('k');
  await expect(dialog.getByRole('img', { name: /Trang 1\/\d/ })).toBeVisible();
  await page.evaluate(() => { window.print = () => { document.documentElement.dataset['printed'] = String(document.querySelectorAll('.print-only img').length); }; });
  await dialog.getByRole('button', { name: 'In (Ctrl+P)' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-printed', '2');
  await page.keyboard.press('Escape');
  await page.getByRole('complementary', { name: 'Sổ điểm' }).getByRole('link', { name: /Toán/ }).first().click();
  await expect(page.getByRole('heading', { name: /^Toán · / })).toBeVisible();
});

test('the staff list is there, sorted by its heads', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Cán bộ');
  const list = page.getByRole('grid', { name: 'Cán bộ' });
  await list.getByRole('button', { name: /Họ và tên/ }).click();
  await expect(list.getByRole('columnheader', { name: /Họ và tên/ })).toHaveAttribute('aria-sort', 'ascending');
  await list.getByRole('button', { name: /Họ và tên/ }).click();
  await expect(list.getByRole('columnheader', { name: /Họ và tên/ })).toHaveAttribute('aria-sort', 'descending');
});
