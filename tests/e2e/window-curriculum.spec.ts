import type { CurriculumView } from '../../preload/contract/curriculum.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, markCell, markGrid, sheetOf, year } from './window-acts.ts';

test('a subject is changed in the table with a reason, and back; a pupil with a plan of his own is asked for nothing in its sheet', async ({ page }) => {
  await signIn(page, 'secretary');
  const { classes } = await callBeside<{ classes: { name: string; grade: number }[] }>(page, 'classes.list', { year });
  const { name: className, grade } = classes[0] ?? { name: '', grade: 0 };
  await goTo(page, 'Chương trình');
  await page.getByText(`Khối ${grade}`, { exact: true }).click();

  // Optional subjects have no sheets yet: their periods can change without touching a mark.
  const periods = page.getByRole('textbox', { name: 'Tiết/năm, Ngoại ngữ 2' });
  await periods.fill('70');
  await periods.press('Enter');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lí do' }).fill('Kế hoạch giáo dục của trường');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
  const row = page.getByRole('row').filter({ hasText: 'Ngoại ngữ 2' });
  await expect(row).toContainText('Kế hoạch giáo dục của trường');
  await page.getByRole('button', { name: 'Hoàn tác' }).click();
  await expect(row).not.toContainText('Kế hoạch giáo dục');
  const { grades } = await callBeside<CurriculumView>(page, 'curriculum.view', { year });
  expect(grades.find(found => found.grade === grade)?.rows.find(found => found.subject === 'NN2')).toMatchObject({ periods: 105, differs: [] });

  // A column with marks stays: the refusal names the sheet.
  const maths = page.getByRole('textbox', { name: 'Tiết/năm, Toán' });
  await maths.fill('35');
  await maths.press('Enter');
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lí do' }).fill('Bớt tiết');
  await page.getByRole('dialog').getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByRole('dialog')).toContainText('Chưa có gì thay đổi');
  await page.getByRole('dialog').getByRole('button', { name: 'Thôi' }).click();
  await expect(maths).toHaveValue('140');

  await page.getByRole('tab', { name: 'Miễn, không học' }).click();
  await page.getByRole('button', { name: 'Thêm' }).click();
  const form = page.getByRole('dialog');
  const choose = async (label: string, option: string | RegExp): Promise<void> => {
    await form.getByLabel(label).first().click();
    await page.getByRole('option', { name: option }).first().click();
  };
  await choose('Học sinh', new RegExp(` · ${className} · `));
  await choose('Môn học', /^Toán$/);
  await choose('Hình thức', 'Kế hoạch cá nhân');
  await form.getByLabel('Lí do').fill('Khuyết tật học tập');
  await form.getByRole('button', { name: 'Lưu' }).click();
  await expect(page.getByRole('grid', { name: 'Miễn, không học' })).toContainText('Khuyết tật học tập');

  const sheet = await sheetOf(page, { className, subjectName: 'Toán', term: 1 });
  const closed = sheet.rows.findIndex(found => found.standing === 'plan');
  expect(closed).toBeGreaterThanOrEqual(0);
  await page.evaluate(sheetId => { window.location.hash = `#/grades/${sheetId}`; }, sheet.sheetId);
  const grid = await markGrid(page);
  const cell = markCell(grid, closed, 0);
  await expect(cell).toContainText('KHCN');
  await cell.click();
  await expect(page.getByRole('complementary').last()).toContainText('học theo kế hoạch cá nhân');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await expect(cell).toContainText('KHCN');
});
