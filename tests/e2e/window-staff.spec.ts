import type { Page } from '@playwright/test';
import type { StaffRow } from '../../preload/contract/staff.ts';
import type { TeachingView } from '../../preload/contract/teaching.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, year } from './window-acts.ts';
import { signOut } from './window-work.ts';

/** For looking at: with SO_TRUONG_PICTURES the screens are kept as pictures. */
async function picture(page: Page, name: string): Promise<void> {
  const folder = process.env['SO_TRUONG_PICTURES'];
  if (folder === undefined) return;
  for (const [width, height] of [[1366, 768], [1920, 1080]] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: `${folder}/${name}-${width}.png` });
  }
  await page.setViewportSize({ width: 1366, height: 768 });
}

test('a staff record: a masked field, a change taken back, a line of training, and who did it', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Cán bộ');
  const list = page.getByRole('grid', { name: 'Cán bộ' });
  await list.getByRole('row', { name: /Giáo viên/ }).first().click();
  await expect(page.getByRole('complementary', { name: 'Thẻ cán bộ' })).toContainText('Đang làm việc');
  await picture(page, 'staff-list');
  await page.getByRole('button', { name: 'Mở hồ sơ' }).click();
  await page.getByLabel('Tên gọi khác').fill('Tư');
  await picture(page, 'staff-profile');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(/^Đã lưu hồ sơ của/)).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(page.getByLabel('Tên gọi khác')).toHaveValue('');
  await page.getByRole('button', { name: /^Số định danh: Hiện đầy đủ/ }).click();
  await expect(page.getByLabel('Số định danh')).toHaveValue(/^\d{12}$/);

  await page.getByRole('tab', { name: 'Bồi dưỡng, đánh giá' }).click();
  await page.getByRole('button', { name: 'Thêm: Đào tạo' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Trường').fill('Đại học Sư phạm Hà Nội');
  await dialog.getByLabel('Đến ngày').fill('30/6/2009');
  await dialog.getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByRole('table', { name: 'Đào tạo' }).getByRole('row', { name: /Đại học Sư phạm Hà Nội.*30\/06\/2009/ })).toBeVisible();
  await picture(page, 'staff-growth');
  await page.getByRole('tab', { name: 'Công tác' }).click();
  await picture(page, 'staff-work');
  await page.getByRole('tab', { name: 'Phân công' }).click();
  await expect(page.getByRole('heading', { name: 'Số tiết mỗi tuần' })).toBeVisible();
  await picture(page, 'staff-teaching');
  await page.getByRole('tab', { name: 'Lịch sử' }).click();
  await expect(page.getByRole('row', { name: /Đào tạo: Trường — Đại học Sư phạm Hà Nội/ })).toBeVisible();
  await picture(page, 'staff-history');
});

test('a class changes its teacher from a day on: by keyboard, taken back, by a pasted block; the table is printed', async ({ page }) => {
  await signIn(page, 'principal');
  await goTo(page, 'Cán bộ');
  await page.getByRole('button', { name: 'Phân công chuyên môn' }).click();
  const view = await callBeside<TeachingView>(page, 'staff.assignments', { year });
  const found = view.classes[0];
  const cell = found?.cells.find(one => one.subject === 'TOAN');
  const former = view.loads.find(load => load.staffId === cell?.staffId);
  const next = view.loads.find(load => load.isWorking && load.staffId !== cell?.staffId && view.loads.filter(one => one.name === load.name).length === 1 && load.lessons > 0);
  if (found === undefined || former === undefined || next === undefined) throw new Error('the demo school is too small');
  const place = (name: string) => page.getByRole('table', { name: 'Bảng phân công' }).getByRole('button', { name: `Người dạy Toán lớp ${found.name}: ${name}` });
  await place(former.name).focus();
  await picture(page, 'teaching-grid');
  await page.keyboard.press('Enter');
  await page.keyboard.type(next.name);
  await page.getByRole('option', { name: next.name, exact: true }).click();
  await expect(place(next.name)).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(place(former.name)).toBeVisible();
  const undone = await callBeside<TeachingView>(page, 'staff.assignments', { year });
  expect(undone.classes[0]?.cells.find(one => one.subject === 'TOAN')).toEqual(cell);

  await page.getByRole('button', { name: 'Việc khác' }).click();
  await page.getByRole('menuitem', { name: 'Dán từ Excel…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Khối ô đã chép').fill(`Lớp\tToán\n${found.name}\t${next.name}\n99Z\t${next.name}`);
  await dialog.getByRole('button', { name: 'Xem trước' }).click();
  await expect(dialog.getByText(/không có lớp này/)).toBeVisible();
  await picture(page, 'teaching-paste');
  await dialog.getByRole('button', { name: 'Ghi 1 thay đổi' }).click();
  await expect(place(next.name)).toBeVisible();

  await page.getByText('Số tiết của từng người').click();
  await expect(page.getByRole('grid', { name: 'Số tiết của từng người' }).getByRole('row', { name: new RegExp(next.name) })).toContainText(`Toán: ${found.name}`);
  await expect(page.getByText('Định mức đang là số đề xuất')).toBeVisible();
  await picture(page, 'teaching-loads');
  await page.getByRole('button', { name: 'Việc khác' }).click();
  await page.getByRole('menuitem', { name: 'Định mức số tiết…' }).click();
  await picture(page, 'teaching-norms');
  await page.getByRole('dialog').getByRole('button', { name: 'Xác nhận định mức' }).click();
  await expect(page.getByText('Định mức đang là số đề xuất')).toHaveCount(0);
  await page.getByRole('button', { name: 'In bảng phân công' }).click();
  await expect(page.getByRole('dialog').locator('canvas').first()).toBeVisible({ timeout: 30_000 });
  await picture(page, 'teaching-print');
});

test('an account from the staff list: its owner chooses a password before anything else', async ({ page }) => {
  await signIn(page, 'principal');
  await goTo(page, 'Hệ thống');
  await page.getByRole('link', { name: 'Quản lí tài khoản ›' }).click();
  await picture(page, 'accounts');
  const { rows } = await callBeside<{ rows: StaffRow[] }>(page, 'staff.list', {});
  const create = page.getByRole('button', { name: /^Tạo tài khoản cho/ }).first();
  const name = (await create.getAttribute('aria-label') ?? '').replace('Tạo tài khoản cho ', '');
  expect(rows.map(row => row.name)).toContain(name);
  await create.click();
  const dialog = page.getByRole('dialog', { name: `Tạo tài khoản cho ${name}` });
  await dialog.getByLabel('Tên đăng nhập').fill('nguoimoi');
  await dialog.getByLabel('Vai (quyền)').click();
  await page.getByRole('option', { name: 'Giáo viên' }).click();
  await dialog.getByRole('button', { name: 'Tạo tài khoản' }).click();
  const slip = page.getByRole('dialog', { name: `Mật khẩu của ${name}` });
  const password = await slip.locator('[data-password]').innerText();
  await picture(page, 'accounts-slip');
  await slip.getByRole('button', { name: 'Đã trao, đóng' }).click();
  await signOut(page);

  await page.getByLabel('Tên đăng nhập').fill('nguoimoi');
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Đổi mật khẩu' })).toBeVisible();
  await picture(page, 'accounts-first');
  await page.getByRole('textbox', { name: 'Mật khẩu hiện tại' }).fill(password);
  for (const field of ['Mật khẩu mới', 'Nhập lại mật khẩu mới']) await page.getByRole('textbox', { name: field, exact: true }).fill('nguoimoi2026');
  await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  await expect(page.getByText('Mật khẩu giống tên đăng nhập')).toBeVisible();
  for (const field of ['Mật khẩu mới', 'Nhập lại mật khẩu mới']) await page.getByRole('textbox', { name: field, exact: true }).fill('suối trong đá cuội');
  await page.getByRole('button', { name: 'Đổi mật khẩu' }).click();
  await page.getByRole('navigation', { name: 'Các nơi làm việc' }).waitFor();

  // A teacher sees who teaches what, and no record.
  await goTo(page, 'Cán bộ');
  await expect(page.getByRole('grid', { name: 'Cán bộ' }).getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('columnheader', { name: 'Ngày sinh' })).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'Thêm cán bộ' })).toHaveCount(0);
});
