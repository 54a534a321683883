import type { YearEndOverview } from '../../preload/contract/year-end.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, sheetOf, writeBeside, year } from './window-acts.ts';

test('each result tells why: the decision, the rule, the article, the marks; and nobody is ranked', async ({ page }) => {
  await signIn(page, 'principal');
  await goTo(page, 'Tổng kết');
  const results = page.getByRole('grid', { name: 'Tính kết quả' });
  await expect(results.getByRole('row').nth(2)).toBeVisible();
  await results.focus();
  await page.keyboard.press('ArrowDown');
  const why = page.getByRole('complementary', { name: 'Vì sao có kết quả này' });
  await expect(why).toContainText('Lên lớp');
  await expect(why).toContainText('Thông tư 22/2021/TT-BGDĐT, Điều 12');
  await expect(why).toContainText(/Nghỉ \d+ buổi \(không quá 45\)/);
  await why.getByRole('button', { name: 'Toán' }).click();
  await expect(why).toContainText(/làm tròn: \d+,\d/);

  const heads = await results.getByRole('columnheader').allTextContents();
  expect(heads).toContain('Kết luận');
  expect(heads.filter(head => /hạng|trung bình|ĐTB/i.test(head))).toEqual([]);
});

test('a chip shows the pupils it counts, and the list of them is ready to print', async ({ page }) => {
  await signIn(page, 'secretary');
  const { awards } = await callBeside<YearEndOverview>(page, 'yearEnd.overview', { year });
  await goTo(page, 'Tổng kết');
  await page.getByRole('button', { name: new RegExp(`^Giỏi ${awards.G}$`) }).click();
  await expect(page.getByRole('grid', { name: 'Tính kết quả' })).toHaveAttribute('aria-rowcount', String(awards.G + 1));
  await page.getByRole('navigation', { name: 'Các bước tổng kết' }).getByRole('button', { name: /Danh sách/ }).click();
  await page.getByRole('button', { name: /^Xuất sắc/ }).click();
  await expect(page.getByRole('grid', { name: 'học sinh đạt danh hiệu Học sinh Xuất sắc' })).toHaveAttribute('aria-rowcount', String(awards.XS + 1));
  await expect(page.getByRole('button', { name: 'In danh sách' })).toBeEnabled();
});

test('a mark taken away is missed at once, results are stale, and computing again files them', async ({ page }) => {
  await signIn(page, 'secretary');
  const { classes } = await callBeside<{ classes: { name: string; classId: string }[] }>(page, 'classes.list', { year });
  const one = classes[0];
  if (one === undefined) throw new Error('the demo school has no class');
  const sheet = await sheetOf(page, { className: one.name, subjectName: 'Toán', term: 2 });
  const row = sheet.rows[0];
  const before = row?.marks.ck;
  if (row === undefined || before === undefined) throw new Error('the demo school has no final mark in Toán');

  await goTo(page, 'Tổng kết');
  await page.getByRole('combobox', { name: 'Lớp' }).click();
  await page.getByRole('option', { name: one.name, exact: true }).click();
  const steps = page.getByRole('navigation', { name: 'Các bước tổng kết' });
  await expect(steps).toContainText('đã đủ');
  await writeBeside(page, sheet.sheetId, row.enrolmentId, 'ck', before, { state: 'empty' });
  await expect(steps).toContainText('còn 1 chỗ trống');
  await expect(page.getByText(/đã đổi sau lần tính/)).toBeVisible();
  await steps.getByRole('button', { name: /Kiểm tra đầy đủ/ }).click();
  // What is missing leads to the sheet where it is filled in, and Back leads here again.
  await page.getByRole('grid', { name: 'Kiểm tra đầy đủ' }).getByRole('row', { name: /Toán HK 2/ }).getByRole('link', { name: /Mở để nhập/ }).click();
  await expect(page.getByRole('grid', { name: /Học kì/ })).toBeVisible();
  await page.goBack();
  await expect(page.getByRole('grid', { name: 'Kiểm tra đầy đủ' })).toBeVisible();

  await page.getByRole('button', { name: 'Tính lại', exact: true }).click();
  await expect(page.getByText(/đã đổi sau lần tính/)).toBeHidden();
  const results = page.getByRole('grid', { name: 'Tính kết quả' });
  await expect(results.getByRole('row', { name: row.name })).toContainText('Chưa đủ dữ liệu');
  await writeBeside(page, sheet.sheetId, row.enrolmentId, 'ck', { state: 'empty' }, before);
  await expect(results.getByRole('row', { name: row.name })).not.toContainText('Chưa đủ dữ liệu');
});

test('a teacher sees results and why, and cannot decide them', async ({ page }) => {
  await signIn(page, 'teacher');
  await goTo(page, 'Tổng kết');
  await expect(page.getByRole('grid', { name: 'Tính kết quả' }).getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('main').getByRole('button', { name: /^Tính lại$|^Tính kết quả$/ })).toHaveCount(0);
});
