import path from 'node:path';
import ExcelJS from 'exceljs';
import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';
import { changedPupilsList, savedFile } from './window-work.ts';

const mimeType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const picture = process.env['SO_TRUONG_PICTURES'] ?? '';

test('a faulty cell is mended in the preview, an unknown word is said once, and the list is saved', async ({ page, dataFolder }) => {
  const buffer = await changedPupilsList(dataFolder, { 7: { 'Ngày sinh': '31/02/2014' }, 8: { 'Dân tộc': 'Mường Sao' } });
  await signIn(page, 'secretary');
  await goTo(page, 'Nhập dữ liệu');
  await page.getByLabel('Thả tệp Excel vào đây, hoặc bấm để chọn').setInputFiles({ name: 'Danh sách cần sửa.xlsx', mimeType, buffer });
  const lines = page.getByRole('grid', { name: 'Những gì tệp sẽ làm' });
  await expect(page.getByText('1 từ và 0 cột chưa biết')).toBeVisible();
  await page.getByRole('combobox', { name: 'Nghĩa của “Mường Sao”' }).click();
  await page.getByRole('option', { name: 'Mường', exact: true }).click();
  await expect(page.getByText('1 từ và 0 cột chưa biết')).toBeHidden();
  await lines.focus();
  await page.keyboard.press('ArrowDown');
  const cell = page.getByLabel('Giá trị đúng của ô');
  await expect(cell).toHaveValue('31/02/2014');
  if (picture !== '') await page.screenshot({ path: path.join(picture, 'mend.png') });
  await cell.fill('28/02/2014');
  await page.keyboard.press('Enter');
  await expect(page.getByText('Đã sửa 1 ô ngay trong bản xem trước')).toBeVisible();
  await page.getByRole('button', { name: 'Lưu 2 dòng' }).click();
  await expect(page.getByText('0 mới · 2 thay đổi')).toBeVisible();

  await page.getByRole('link', { name: 'Danh mục và từ đã quy ước' }).click();
  const said = page.getByRole('table', { name: 'Từ và cột đã quy ước' }).getByRole('row', { name: /Mường Sao/ });
  await expect(said).toContainText('Mường');
  if (picture !== '') await page.screenshot({ path: path.join(picture, 'catalogues.png') });
  await page.getByLabel('Nhận danh mục từ tệp…').first().setInputFiles({ name: 'CSDL_HocSinh.xlsx', mimeType, buffer });
  const brought = page.getByRole('table', { name: 'Khác biệt giữa danh mục của tệp và danh mục đang dùng' });
  await expect(brought.getByRole('row', { name: /Xã, phường/ })).toBeVisible();
  if (picture !== '') await page.screenshot({ path: path.join(picture, 'learn.png') });
  await page.getByRole('button', { name: /^Nhận \d+ danh mục$/ }).click();
  await expect(page.getByRole('table', { name: 'Danh mục đang dùng' }).getByRole('row', { name: /Xã, phường/ })).toContainText('CSDL_HocSinh.xlsx');
  await said.getByRole('button', { name: 'Thôi dùng' }).click();
  await expect(page.getByText('Chưa quy ước từ nào')).toBeVisible();
});

test('the sector database is set beside the school, and only what is accepted comes over', async ({ page, dataFolder }) => {
  const buffer = await changedPupilsList(dataFolder, { 6: { 'Họ tên': 'Nguyễn Văn Đổi Tên' }, 7: { 'Dân tộc': 'Mường', 'Tôn giáo': 'Phật giáo' } });
  await signIn(page, 'secretary');
  await goTo(page, 'Nhập dữ liệu');
  await page.getByRole('link', { name: 'So với cơ sở dữ liệu ngành' }).click();
  await page.getByLabel(/^Thả tệp học sinh xuất từ CSDL ngành/).setInputFiles({ name: 'CSDL_HocSinh.xlsx', mimeType, buffer });
  const table = page.getByRole('grid', { name: 'Khác biệt với CSDL ngành' });
  await expect(table).toHaveAttribute('aria-rowcount', '4');
  await table.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Lấy 1 mục về' })).toBeEnabled();
  if (picture !== '') {
    await page.screenshot({ path: path.join(picture, 'compare.png') });
    await page.setViewportSize({ width: 1920, height: 1080 });
    await page.emulateMedia({ colorScheme: 'dark' });
    await page.screenshot({ path: path.join(picture, 'compare-dark.png') });
  }
  await page.getByRole('button', { name: 'Lấy 1 mục về' }).click();
  await expect(table).toHaveAttribute('aria-rowcount', '3');
});

test('a list leaves with its purpose, and the log says so', async ({ page, app, dataFolder }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Nhập dữ liệu');
  await page.getByRole('link', { name: 'Xuất dữ liệu' }).click();
  await expect(page.getByText('Chưa xuất lần nào')).toBeVisible();
  await page.getByLabel('Mục đích').fill('Báo cáo đầu năm');
  const file = await savedFile(page, app, path.join(dataFolder, 'ra'), () => page.getByRole('button', { name: 'Xuất tệp' }).click());
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(file.bytes as unknown as ArrayBuffer);
  expect(book.worksheets[0]?.getCell('A4').text).toContain('Báo cáo đầu năm');
  await expect(page.getByRole('table', { name: 'Các lần đã xuất' }).getByRole('row', { name: /Báo cáo đầu năm/ })).toContainText('Danh sách học sinh');
  if (picture !== '') await page.screenshot({ path: path.join(picture, 'exports.png') });
});
