import type { Page } from '@playwright/test';
import type { StudentListing } from '../../preload/contract/students.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, year } from './window-acts.ts';

const shots = process.env['MOVEMENT_SHOTS'];
/** Pictures for whoever wants to look at them; nothing depends on them. */
async function picture(page: Page, name: string): Promise<void> {
  if (shots !== undefined) await page.screenshot({ path: `${shots}/${name}.png` });
}

const course = (page: Page) => page.getByRole('tabpanel', { name: 'Quá trình' });

test('one pupil from admission to transfer, with papers, numbers and days', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Biến động');
  await expect(page.getByText('Không có hồ sơ nào đang giải quyết')).toBeVisible();
  await picture(page, 'empty');
  await page.getByRole('button', { name: 'Tuyển mới' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Lớp' }).click();
  await page.getByRole('option').first().click();
  await dialog.getByLabel('Danh sách').fill('Sùng Thị Mỷ; 5/3/2011; nữ; 008311001234\nGiàng A Chu; 32/13/2011');
  await expect(dialog.getByText(/dòng 2: ngày sinh không đọc được/)).toBeVisible();
  await expect(dialog.getByRole('button', { name: 'Tiếp nhận 2 học sinh' })).toBeDisabled();
  await dialog.getByLabel('Danh sách').fill('Sùng Thị Mỷ; 5/3/2011; nữ; 008311001234');
  await picture(page, 'admit');
  await dialog.getByRole('button', { name: 'Tiếp nhận 1 học sinh' }).click();
  await expect(page.getByRole('dialog').getByRole('row', { name: /Sùng Thị Mỷ \d{5} TAM/ })).toBeVisible();
  await page.getByRole('dialog').getByRole('button', { name: 'Đóng', exact: true }).last().click();

  await page.getByText('Cả năm học').click();
  const list = page.getByRole('grid', { name: 'Biến động' });
  await list.getByRole('row', { name: /Sùng Thị Mỷ/ }).dblclick();
  await expect(course(page).getByText('Tuyển mới')).toBeVisible();
  await course(page).getByRole('button', { name: 'Ghi biến động' }).click();
  await page.getByRole('menuitem', { name: /^Chuyển đi/ }).click();
  await dialog.getByLabel('Trường chuyển đến').fill('Trường THCS Tân Trào');
  await dialog.getByLabel('Tỉnh, thành phố').fill('Tuyên Quang');
  await dialog.getByLabel('Khác tỉnh').check();
  await dialog.getByLabel('Lí do').fill('Chuyển nơi ở theo gia đình');
  await expect(dialog.getByRole('region', { name: 'Sẽ thay đổi' })).toContainText('Thông tư 15/2026/TT-BGDĐT');
  await expect(dialog.getByRole('region', { name: 'Sẽ thay đổi' })).toContainText('Chưa có mã học sinh của Bộ');
  await picture(page, 'transfer-out');
  await dialog.getByRole('button', { name: 'Mở hồ sơ' }).click();

  const pane = page.getByRole('complementary', { name: 'Hồ sơ biến động' });
  await expect(pane).toContainText('còn 3 ngày làm việc');
  await pane.getByLabel('Đơn xin chuyển trường').check();
  await pane.getByLabel('Bảng tóm tắt kết quả học tập, rèn luyện').check();
  await expect(pane.getByLabel('Đơn xin chuyển trường')).toBeChecked();
  await expect(pane.getByLabel('Bảng tóm tắt kết quả học tập, rèn luyện')).toBeChecked();
  await picture(page, 'case');
  await pane.getByRole('button', { name: 'Giấy giới thiệu chuyển trường' }).click();
  await dialog.getByLabel(/Phát hành: lấy số 1/).check();
  await picture(page, 'issue');
  await dialog.getByRole('button', { name: 'Phát hành' }).click();
  await expect(dialog.getByText(/^1 ?\/ ?1$|Trang 1/).first()).toBeVisible();
  await expect(dialog.locator('canvas').first()).toBeVisible();
  await picture(page, 'paper');
  await page.keyboard.press('Escape');
  await expect(pane).toContainText(/01\/GGT-/);

  // The home board counts the days down and leads to the case.
  await goTo(page, 'Trang chủ');
  await page.getByRole('link', { name: /Sùng Thị Mỷ: Chuyển đi/ }).click();
  await pane.getByRole('button', { name: 'Thôi ở lớp từ ngày này' }).click();
  await pane.getByRole('button', { name: 'Ghi đã bàn giao hồ sơ' }).click();
  await expect(pane).toContainText('Đã xong');
  await expect(pane.getByRole('button', { name: 'Hoàn tác' })).toBeDisabled();
  await expect(pane).toContainText(/văn bản số 01\/GGT-\S+ đã phát hành/);
  await pane.getByRole('link', { name: 'Sùng Thị Mỷ' }).click();
  await expect(course(page)).toContainText('Đến Trường THCS Tân Trào, Tuyên Quang');
  await picture(page, 'course');
  await course(page).getByRole('button', { name: /Huỷ văn bản 01/ }).click();
  await dialog.getByRole('textbox', { name: /Lí do/ }).fill('gia đình rút đơn');
  await dialog.getByRole('button', { name: 'Huỷ', exact: true }).last().click();
  await course(page).getByRole('button', { name: 'Hoàn tác: Chuyển đi' }).click();
  await dialog.getByRole('textbox', { name: /Lí do/ }).fill('gia đình rút đơn');
  await dialog.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(course(page)).toContainText('Đang giải quyết');
});

test('a pupil of another school is accepted and placed with what he had reached; the register of documents has no gap', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Biến động');
  await page.getByRole('button', { name: 'Nhận học sinh chuyển đến' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: 'Họ và tên', exact: true }).fill('Phàn Thị Mai');
  await dialog.getByLabel('Ngày sinh').fill('8/7/2011');
  await dialog.getByLabel('Mã học sinh (giữ nguyên)').fill('0801234567');
  await dialog.getByRole('combobox', { name: 'Vào khối' }).click();
  await page.getByRole('option').last().click();
  await dialog.getByLabel('Trường chuyển đi').fill('Trường THCS Sơn La');
  await picture(page, 'transfer-in');
  await dialog.getByRole('button', { name: 'Mở hồ sơ' }).click();
  const pane = page.getByRole('complementary', { name: 'Hồ sơ biến động' });
  await pane.getByRole('button', { name: 'Tiếp nhận', exact: true }).click();
  await pane.getByRole('button', { name: 'Ghi đã bàn giao hồ sơ' }).click();
  await pane.getByRole('button', { name: 'Nhập…' }).click();
  await dialog.getByLabel('Toán, Học kì I', { exact: true }).fill('8,5');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(pane.getByRole('row', { name: /Toán 8,5/ })).toBeVisible();
  await pane.getByRole('combobox', { name: 'Lớp' }).click();
  await page.getByRole('option').first().click();
  await pane.getByRole('button', { name: 'Xếp lớp' }).click();
  await expect(pane).toContainText('Đã xong');
  const { rows } = await callBeside<StudentListing>(page, 'students.list', { year });
  expect(rows.find(row => row.name === 'Phàn Thị Mai')).toMatchObject({ status: 'transferredIn', code: '0801234567' });

  await page.getByRole('button', { name: 'In', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Sổ văn bản đi' }).click();
  for (const title of ['Kế hoạch tháng 12', 'Thông báo nghỉ Tết']) {
    await page.getByRole('button', { name: 'Lấy số' }).click();
    await dialog.getByLabel('Kí hiệu').fill('KH-THCS');
    await dialog.getByLabel('Tên loại, trích yếu').fill(title);
    await dialog.getByRole('button', { name: 'Lấy số' }).click();
    await expect(page.getByRole('grid', { name: 'Sổ văn bản đi' }).getByText(title)).toBeVisible();
  }
  await expect(page.getByRole('grid', { name: 'Sổ văn bản đi' }).getByRole('row', { name: /^02\/KH-THCS/ })).toBeVisible();
  await picture(page, 'documents');
  await page.goBack();
  await page.getByRole('button', { name: 'Thiết đặt biến động' }).click();
  await expect(dialog.getByLabel('Thông tư 15/2026/TT-BGDĐT, Quyết định, khác tỉnh')).toHaveValue('8');
  await picture(page, 'settings');
});
