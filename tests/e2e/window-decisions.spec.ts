import type { Page } from '@playwright/test';
import type { MarkValue, SheetSummary, SheetView } from '../../preload/contract/grades.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, year } from './window-acts.ts';

/** C10 of the regulation's examples: with the one weak subject waived Khá, without it Đạt. */
const C10 = [80, 80, 80, 80, 80, 70, 70, 40];

/** Types those year values for the first pupil of the first class, and answers him. */
async function makeUndecided(page: Page): Promise<{ name: string; className: string; sheetId: string; enrolmentId: string }> {
  const { sheets } = await callBeside<{ sheets: SheetSummary[] }>(page, 'grades.listSheets', { year });
  const className = sheets[0]?.className;
  const ofClass = sheets.filter(sheet => sheet.className === className);
  const scored = [...new Set(ofClass.filter(sheet => sheet.kind === 'score').map(sheet => sheet.subject))].toSorted();
  let found = { name: '', className: className ?? '', sheetId: '', enrolmentId: '' };
  for (const { sheetId, subject, kind } of ofClass) {
    const sheet = await callBeside<SheetView>(page, 'grades.openSheet', { sheetId });
    const row = sheet.rows[0];
    if (row === undefined) throw new Error('the class is empty');
    const after: MarkValue = kind === 'score' ? { state: 'score', tenths: C10[scored.indexOf(subject)] ?? 80 } : { state: 'level', level: 'D' };
    const changes = sheet.columns.map(({ column }) => ({ enrolmentId: row.enrolmentId, column, before: row.marks[column] ?? { state: 'empty' }, after }));
    await callBeside(page, 'grades.saveMarks', { sheetId, path: 'typed', changes });
    if (subject === 'TOAN') found = { ...found, name: row.name, sheetId, enrolmentId: row.enrolmentId };
  }
  return found;
}

test('where two readings differ the principal decides with a reason, the result tells whose decision it rests on, and can be given back', async ({ page }) => {
  await signIn(page, 'principal');
  const pupil = await makeUndecided(page);
  await goTo(page, 'Tổng kết');
  await page.getByRole('navigation', { name: 'Các bước tổng kết' }).getByRole('button', { name: /Quyết định/ }).click();
  const list = page.getByRole('grid', { name: 'Quyết định' });
  await list.getByRole('row', { name: new RegExp(`${pupil.name}.*Hai cách hiểu`) }).click();
  const pane = page.getByRole('complementary', { name: 'Việc cần quyết định' });
  await expect(pane).toContainText('Thông tư 22/2021/TT-BGDĐT, Điều 9 khoản 3');
  await expect(pane.getByRole('listitem').filter({ hasText: 'Coi như môn ấy đạt' })).toContainText('Kết quả: Khá');
  const other = pane.getByRole('listitem').filter({ hasText: 'Bỏ môn ấy ra rồi xét' });
  await expect(other).toContainText('Kết quả: Đạt');
  await other.getByRole('button').click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Quyết định', exact: true })).toBeDisabled();
  await dialog.getByRole('textbox', { name: /Lí do/ }).fill('Biên bản họp hội đồng ngày 20/5');
  await dialog.getByRole('button', { name: 'Quyết định', exact: true }).click();
  await expect(pane).toContainText('Biên bản họp hội đồng ngày 20/5');
  await expect(pane).toContainText('Theo quyết định của hiệu trưởng');

  await pane.getByRole('link', { name: pupil.name }).click();
  await expect(page.getByRole('main')).toContainText('Theo quyết định của hiệu trưởng');
  await expect(page.getByRole('main')).toContainText('Điều gì làm kết quả khác đi');
  await page.goBack();
  await list.getByRole('row', { name: new RegExp(`${pupil.name}.*Bỏ môn ấy ra`) }).click();
  await pane.getByRole('button', { name: 'Rút quyết định' }).click();
  await dialog.getByRole('textbox', { name: /Lí do/ }).fill('Chọn nhầm');
  await dialog.getByRole('button', { name: 'Rút quyết định' }).click();
  await expect(list.getByRole('row', { name: new RegExp(`${pupil.name}.*chưa quyết định`) })).toBeVisible();
});

test('the school changes a reading after seeing how many results it changes, with a reason', async ({ page }) => {
  await signIn(page, 'principal');
  await makeUndecided(page);
  await goTo(page, 'Hệ thống');
  await page.getByRole('link', { name: /Mở danh sách các cách hiểu/ }).click();
  await page.getByRole('button', { name: /Đổi cách hiểu: “Chỉ do kết quả/ }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('Điều 9 khoản 3');
  await dialog.getByRole('radio', { name: /Bỏ môn ấy ra/ }).click();
  await expect(dialog).toContainText(/\d+\/\d+ học sinh của năm học .* có kết quả khác/);
  await dialog.getByRole('textbox', { name: /Lí do/ }).fill('Theo hướng dẫn của Sở');
  await dialog.getByRole('button', { name: 'Chọn cách hiểu' }).click();
  await expect(page.getByText(/Lí do: Theo hướng dẫn của Sở/)).toBeVisible();
});

test('the average of a sheet tells how it comes about', async ({ page }) => {
  await signIn(page, 'principal');
  const { sheetId } = await makeUndecided(page);
  await page.evaluate(place => { globalThis.location.hash = place; }, `/grades/sheet/${sheetId}`);
  const pane = page.getByRole('complementary').filter({ hasText: 'Vì sao có kết quả này' });
  await pane.getByText('Vì sao có kết quả này').click();
  await expect(pane).toContainText(/ĐTBmhk = \(.*3×\d,\d\) \/ \d+ = .* làm tròn: \d,\d/);
});
