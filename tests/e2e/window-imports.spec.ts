import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';
import { changedPupilsList, dropFile } from './window-work.ts';

const sheetType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

test('a list with faults names each cell and its remedy, and cannot be saved', async ({ page, dataFolder }) => {
  const buffer = await changedPupilsList(dataFolder, { 7: { 'Ngày sinh': '31/02/2014' }, 9: { 'Họ tên': '' } });
  await signIn(page, 'secretary');
  await goTo(page, 'Nhập dữ liệu');
  await page.getByLabel('Thả tệp Excel vào đây, hoặc bấm để chọn').setInputFiles({ name: 'Danh sách có lỗi.xlsx', mimeType: sheetType, buffer });
  await expect(page.getByRole('heading', { name: /^Danh sách học sinh, mẫu CSDL ngành/ })).toBeVisible();
  await expect(page.getByText('Còn 2 lỗi, chưa lưu được')).toBeVisible();
  await expect(page.getByRole('button', { name: /^Lưu \d+ dòng/ })).toBeDisabled();

  const lines = page.getByRole('grid', { name: 'Những gì tệp sẽ làm' });
  await expect(lines).toHaveAttribute('aria-rowcount', '3');
  await lines.focus();
  await page.keyboard.press('ArrowDown');
  const pane = page.getByRole('complementary', { name: 'Chi tiết dòng đang chọn' });
  await expect(pane).toContainText('Không có ngày 31/2/2014.');
  await expect(pane).toContainText('Ngày sinh (E)');
  await expect(pane).toContainText('Kiểm tra lại ngày sinh theo giấy khai sinh.');
  await page.keyboard.press('ArrowDown');
  await expect(pane).toContainText('Thiếu họ tên.');

  await page.getByRole('button', { name: 'Bỏ, không lưu' }).click();
  await expect(page.getByRole('heading', { name: 'Nhập dữ liệu' })).toBeVisible();
});

test('a corrected list shows before and after, is saved whole, and is taken back with a reason', async ({ page, dataFolder }) => {
  const buffer = await changedPupilsList(dataFolder, { 6: { 'Họ tên': 'Nguyễn Văn Đổi Tên' }, 7: { 'Dân tộc': 'Mường' } });
  await signIn(page, 'secretary');
  await goTo(page, 'Nhập dữ liệu');
  await page.getByLabel('Thả tệp Excel vào đây, hoặc bấm để chọn').setInputFiles({ name: 'Danh sách đã sửa.xlsx', mimeType: sheetType, buffer });
  const lines = page.getByRole('grid', { name: 'Những gì tệp sẽ làm' });
  await page.getByRole('button', { name: 'Thay đổi 2' }).click();
  await expect(lines.getByRole('row', { name: /→ Nguyễn Văn Đổi Tên/ })).toBeVisible();
  await expect(lines.getByRole('row', { name: /Dân tộc:.*→ Mường/ })).toBeVisible();
  await page.getByRole('button', { name: 'Lưu 2 dòng' }).click();
  await expect(page.getByText('0 mới · 2 thay đổi')).toBeVisible();

  const history = page.getByRole('row', { name: /Danh sách đã sửa\.xlsx/ });
  await history.getByRole('button', { name: 'Hoàn tác lần nhập này' }).click();
  const dialog = page.getByRole('dialog', { name: 'Hoàn tác lần nhập này?' });
  await expect(dialog.getByRole('button', { name: 'Hoàn tác lần nhập này' })).toBeDisabled();
  await dialog.getByLabel('Lí do').fill('Nhập nhầm tệp');
  await dialog.getByRole('button', { name: 'Hoàn tác lần nhập này' }).click();
  await expect(page.getByText('Đã hoàn tác 2 thay đổi')).toBeVisible();
  await expect(history).toContainText('Đã hoàn tác');

  await goTo(page, 'Học sinh');
  const pupils = page.getByRole('grid', { name: 'Học sinh' });
  await expect(pupils.getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('textbox', { name: 'Lọc theo tên, mã, lớp…' }).fill('Đổi Tên');
  await expect(pupils).toHaveAttribute('aria-rowcount', '1');
});

test('a workbook dropped beside the box lands in the preview; one that holds nothing new says so', async ({ page, dataFolder }) => {
  const bytes = await changedPupilsList(dataFolder, {});
  await signIn(page, 'secretary');
  await goTo(page, 'Nhập dữ liệu');
  await expect(page.getByRole('button', { name: /^Thả tệp Excel/ })).toBeVisible();
  await dropFile(page, 'header', 'Danh sách cũ.xlsx', bytes);
  await expect(page.getByText('Tệp này không có gì mới')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lưu 0 dòng' })).toBeDisabled();
});

test('a file that is no list of the school is refused in words, and can be read as what it is said to be', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Nhập dữ liệu');
  await page.getByLabel('Thả tệp Excel vào đây, hoặc bấm để chọn').setInputFiles({ name: 'ghi chú.csv', mimeType: 'text/csv', buffer: Buffer.from('Ngày,Việc\n1,Họp\n2,Nộp báo cáo\n') });
  await expect(page.getByRole('alert')).toContainText('Chưa nhận ra mẫu tệp');
  await page.getByRole('button', { name: 'Đọc như: Danh sách học sinh' }).click();
  await expect(page.getByRole('alert')).toContainText(/Không tìm thấy hàng tiêu đề|Thiếu cột/);
});
