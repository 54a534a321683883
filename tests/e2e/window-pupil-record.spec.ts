import type { Page } from '@playwright/test';
import type { StudentListing } from '../../preload/contract/students.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, year } from './window-acts.ts';

async function openPupil(page: Page, row: number): Promise<void> {
  await goTo(page, 'Học sinh');
  await page.getByRole('grid', { name: 'Học sinh' }).getByRole('row').nth(row).dblclick();
  await expect(page.getByLabel('Chỗ ở hiện nay')).toBeVisible();
}

test('the whole record: what looks wrong is told, what is missing leads to its field, a hidden value is shown by its eye', async ({ page }) => {
  await signIn(page, 'secretary');
  await openPupil(page, 1);
  const side = page.getByRole('complementary', { name: 'Hồ sơ', exact: true });
  await side.getByRole('button', { name: 'Mã tỉnh hiện nay' }).click();
  await expect(page.getByRole('combobox', { name: 'Mã tỉnh hiện nay' })).toBeFocused();
  await page.getByLabel('Mã xã hiện nay').fill('899');
  await expect(page.getByText('Mã xã gồm 5 chữ số.')).toBeVisible();
  await page.getByRole('combobox', { name: 'Học 2 buổi/ngày' }).click();
  await page.getByRole('option', { name: 'Có', exact: true }).click();
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/^Đã lưu hồ sơ/)).toBeVisible();
  await expect(side.getByRole('button', { name: /Mã xã hiện nay Mã xã gồm/ })).toBeVisible();
  await expect(page.getByRole('combobox', { name: 'Học 2 buổi/ngày' })).toHaveValue('Có');
  const personalId = page.getByLabel('Số định danh', { exact: true }).first();
  await expect(personalId).toHaveValue('');
  await page.getByRole('button', { name: /^Số định danh: Hiện đầy đủ/ }).first().click();
  await expect(personalId).toHaveValue(/^\d{12}$/);

  // A change of the hidden value, put back from the history.
  const before = await personalId.inputValue();
  await personalId.fill('008214111222');
  await page.keyboard.press('Control+s');
  await page.getByRole('tab', { name: 'Lịch sử' }).click();
  const entry = page.getByRole('row', { name: /Số định danh .*•222/ });
  await entry.getByRole('button', { name: 'Lấy lại' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Lấy lại' }).click();
  await expect(page.getByRole('row', { name: new RegExp(`•222 .*•${before.slice(-3)}`) })).toBeVisible();
});

test('photo, document and code of a pupil', async ({ page }) => {
  await signIn(page, 'secretary');
  await openPupil(page, 2);
  const picture = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 640;
    canvas.height = 480;
    canvas.getContext('2d')?.fillRect(0, 0, 640, 480);
    const blob = await new Promise<Blob | null>(resolve => { canvas.toBlob(resolve, 'image/png'); });
    return [...new Uint8Array(await blob?.arrayBuffer() ?? new ArrayBuffer())];
  });
  await page.locator('input[type=file]').setInputFiles({ name: 'ảnh.png', mimeType: 'image/png', buffer: Buffer.from(picture) });
  const photo = page.getByRole('img', { name: /^Ảnh của/ });
  await expect(photo).toBeVisible();
  await expect.poll(() => photo.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight])).toEqual([354, 472]);

  await page.getByRole('tab', { name: 'Giấy tờ' }).click();
  await page.getByRole('button', { name: 'Thêm giấy tờ', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Loại giấy tờ').fill('Giấy khai sinh');
  await dialog.locator('input[type=file]').setInputFiles({ name: 'khai sinh.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 scan') });
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByRole('row', { name: /Giấy khai sinh.*khai sinh\.pdf/ })).toBeVisible();
});

test('a pupil added by hand turns out to be known: the two are merged, and taken apart again', async ({ page }) => {
  await signIn(page, 'secretary');
  const { rows } = await callBeside<StudentListing>(page, 'students.list', { year });
  const known = rows[3];
  if (known === undefined) throw new Error('no pupils');
  await goTo(page, 'Học sinh');
  await page.getByRole('button', { name: 'Thêm học sinh' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Lớp').click();
  await page.getByRole('option').last().click();
  await dialog.getByLabel('Họ và tên').fill(known.name.normalize('NFD'));
  await dialog.getByLabel('Ngày sinh').fill(known.birth.split('-').toReversed().join('/'));
  await expect(dialog.getByText('Có thể đã có trong trường')).toBeVisible();
  await dialog.getByRole('button', { name: 'Thêm và mở hồ sơ' }).click();
  await page.getByLabel('Tên gọi khác').fill('Cu Tí');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/^Đã lưu hồ sơ/)).toBeVisible();

  await goTo(page, 'Học sinh');
  await page.getByRole('button', { name: 'Việc khác' }).click();
  await page.getByRole('menuitem', { name: 'Hồ sơ trùng' }).click();
  await page.getByRole('grid', { name: 'Hồ sơ trùng' }).getByRole('row').nth(1).click();
  await page.getByRole('button', { name: 'Gộp hai hồ sơ' }).click();
  await page.getByRole('dialog').getByLabel('Lí do').fill('Nhập hai lần');
  await page.getByRole('dialog').getByRole('button', { name: 'Gộp hai hồ sơ' }).click();
  await expect(page.getByText('Không có cặp nào giống nhau')).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).last().click();
  await expect(page.getByRole('grid', { name: 'Hồ sơ trùng' }).getByRole('row')).toHaveCount(2);
});

test('one field of many pupils at once, and any field as a column', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Học sinh');
  await page.getByRole('button', { name: 'Việc khác' }).click();
  await page.getByRole('menuitem', { name: 'Chọn nhiều học sinh' }).click();
  await page.getByRole('button', { name: /^Chọn cả/ }).click();
  await page.getByRole('button', { name: 'Sửa một mục…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Mục', { exact: true }).click();
  await page.getByRole('option', { name: 'Ăn ở tại trường' }).click();
  await dialog.getByLabel(/^Giá trị mới/).click();
  await page.getByRole('option', { name: 'Bán trú' }).click();
  await dialog.getByRole('button', { name: 'Xem trước' }).click();
  await dialog.getByRole('button', { name: /^Lưu cho/ }).click();
  await expect(page.getByText(/^Đã sửa \d+ mục/)).toBeVisible();
  await page.getByRole('button', { name: 'Cột', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Ăn ở tại trường' }).check();
  await expect(page.getByRole('grid', { name: 'Học sinh' }).getByRole('gridcell', { name: 'Bán trú' }).first()).toBeVisible();
});

test('a teacher sees of other classes what a class list shows, and cannot change it', async ({ page }) => {
  const teacher = await signIn(page, 'teacher');
  await goTo(page, 'Học sinh');
  const { rows } = await callBeside<StudentListing>(page, 'students.list', { year });
  const other = rows.find(row => !teacher.classes.includes(row.className));
  await page.evaluate(id => { window.location.hash = `#/students/${id}`; }, other?.enrolmentId ?? '');
  await expect(page.getByLabel('Ngày sinh')).toHaveAttribute('readonly');
  await expect(page.getByLabel('Chỗ ở hiện nay')).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Thêm học sinh' })).toHaveCount(0);
});
