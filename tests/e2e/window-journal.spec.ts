import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, year } from './window-acts.ts';
import type { StudentRow, StudentView } from '../../preload/contract/students.ts';

test('a change stands in the journal with who, before and after; filters narrow it', async ({ page }) => {
  const account = await signIn(page, 'secretary');
  const { rows } = await callBeside<{ rows: StudentRow[] }>(page, 'students.list', { year });
  const pupil = await callBeside<StudentView>(page, 'students.open', { enrolmentId: rows[0]?.enrolmentId ?? '' });
  await callBeside(page, 'students.save', { personId: pupil.personId, expectedVersion: pupil.version, changes: { address: 'Thôn Kiểm Chứng 1729' }, reason: 'Theo sổ hộ khẩu' });

  await goTo(page, 'Nhật ký');
  const journal = page.getByRole('grid', { name: 'Nhật ký' });
  const newest = journal.getByRole('row').nth(1);
  await expect(newest).toContainText(account.name);
  await expect(newest).toContainText('Thôn Kiểm Chứng 1729');
  await newest.click();
  const pane = page.getByRole('complementary', { name: 'Chi tiết dòng nhật ký' });
  await expect(pane).toContainText('Thôn Kiểm Chứng 1729');
  await expect(pane).toContainText('Theo sổ hộ khẩu');

  await page.getByRole('textbox', { name: 'Tìm trong nội dung, tên, giá trị…' }).fill('kiem chung 1729');
  await expect(journal).toHaveAttribute('aria-rowcount', '2');
  await page.getByRole('textbox', { name: 'Tìm trong nội dung, tên, giá trị…' }).fill('');
  await page.getByRole('combobox', { name: 'Người làm' }).click();
  await page.getByRole('option', { name: new RegExp(account.user) }).click();
  await expect(journal).toHaveAttribute('aria-rowcount', '2');
});

test('older rows come as one goes down', async ({ page }) => {
  await signIn(page, 'principal');
  await goTo(page, 'Nhật ký');
  const journal = page.getByRole('grid', { name: 'Nhật ký' });
  await expect(journal.getByRole('row').nth(1)).toBeVisible();
  const first = Number(await journal.getAttribute('aria-rowcount'));
  await journal.focus();
  await page.keyboard.press('End');
  await expect.poll(async () => Number(await journal.getAttribute('aria-rowcount'))).toBeGreaterThan(first);
});

test('the journal is not for everybody', async ({ page }) => {
  await signIn(page, 'teacher');
  await expect(page.getByRole('link', { name: 'Nhật ký' })).toHaveCount(0);
  await page.evaluate(() => { location.hash = '/journal'; });
  await expect(page.getByText('Nơi này không thuộc phần việc của thầy cô')).toBeVisible();
});
