import type { DecisionCase } from '../../preload/contract/year-end-decisions.ts';
import type { SummerView } from '../../preload/contract/year-end-steps.ts';
import { expect, signIn, test } from './shells.ts';
import { callBeside, goTo, year } from './window-acts.ts';

test('a year ends step by step: decided, approved, the summer, final, and on to the next year with a way back', async ({ page }) => {
  test.slow(); // a whole year's end in one story
  await signIn(page, 'principal');
  const { cases } = await callBeside<{ cases: DecisionCase[] }>(page, 'yearEnd.decisions', { year });
  for (const one of cases.filter(open => open.decision === null && !open.isOptional)) {
    await callBeside(page, 'yearEnd.decide', { enrolmentId: one.enrolmentId, matter: one.matter, value: one.choices[0]?.value, reason: 'Hội đồng đã xét' });
  }
  await goTo(page, 'Tổng kết');
  const steps = page.getByRole('navigation', { name: 'Các bước tổng kết' });
  await page.getByRole('button', { name: /^Tính lại$|^Tính kết quả$/ }).click();
  await expect(steps).toContainText('tính lúc');

  // Lists are papers: letterhead, rows, signatures.
  await steps.getByRole('button', { name: /Danh sách/ }).click();
  await page.getByRole('button', { name: /^Ở lại/ }).click();
  await page.getByRole('button', { name: 'In danh sách' }).click();
  await expect(page.getByRole('dialog', { name: 'Danh sách học sinh không được lên lớp' })).toContainText('Trang 1/1', { timeout: 20_000 });
  await page.keyboard.press('Escape');

  await steps.getByRole('button', { name: /Duyệt/ }).click();
  await page.getByRole('button', { name: /^Duyệt \d+ lớp/ }).click();
  await expect(page.getByRole('grid', { name: 'Duyệt' }).getByText('Đã duyệt').first()).toBeVisible();

  await steps.getByRole('button', { name: /Trong hè/ }).click();
  const waiting = page.getByRole('grid', { name: 'Trong hè' });
  await expect(waiting.getByRole('row').nth(1)).toBeVisible();
  const { rows } = await callBeside<SummerView>(page, 'yearEnd.summer', { year });
  const typed = rows.find(row => row.promotionYear === 'reassess' && row.subjects[0]?.takes === 'tenths');
  const subject = typed?.subjects[0];
  if (typed === undefined || subject === undefined) throw new Error('the demo school has nobody to assess again');
  await waiting.getByRole('row', { name: typed.name }).click();
  const pane = page.getByRole('complementary', { name: 'Trong hè của một học sinh' });
  const form = pane.getByRole('form', { name: subject.name });
  await expect(form).toContainText(subject.original);
  await form.getByLabel('Điểm').fill('6,5');
  await form.getByLabel('Ngày').fill('20/07/2026');
  await form.getByRole('button', { name: 'Lưu' }).click();
  await expect(form).toContainText('6,5');

  for (const row of rows.filter(one => one.enrolmentId !== typed.enrolmentId || one.subjects.length > 1)) {
    if (row.training !== null) {
      await callBeside(page, 'yearEnd.saveTraining', { enrolmentId: row.enrolmentId, task: 'Sinh hoạt hè', informedOn: null, reportOn: null, proposedOn: null, level: row.training.level ?? 'CD', decisionNo: '1' });
    } else for (const one of row.subjects.filter(place => place !== subject)) {
      await callBeside(page, 'yearEnd.saveReassessment', { enrolmentId: row.enrolmentId, subject: one.subject, part: one.part, value: { state: 'absent' } });
    }
  }
  await steps.getByRole('button', { name: /Kết quả cuối/ }).click();
  const ready = page.getByRole('button', { name: /^Duyệt [1-9]\d* lớp/ });
  await expect(ready).toBeEnabled({ timeout: 15_000 });
  await ready.click();
  await expect(page.getByRole('grid', { name: 'Kết quả cuối' }).getByText('Đã duyệt').first()).toBeVisible();

  await steps.getByRole('button', { name: /Năm học mới/ }).click();
  await page.getByRole('button', { name: /^Chưa có lớp/ }).click();
  const places = page.getByRole('grid', { name: 'Học sinh sang năm học mới' }).getByRole('row').filter({ hasText: 'Ở lại lớp' });
  for (let left = await places.count(); left > 0; left -= 1) {
    await places.first().getByPlaceholder('Chọn lớp').click();
    await page.getByRole('option').first().click();
    await expect(places).toHaveCount(left - 1);
  }
  await page.getByRole('button', { name: /^Chuyển sang/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Chuyển', exact: true }).click();
  const current = page.getByRole('button', { name: /^Năm học 2026–2027/ });
  await expect(current).toBeVisible({ timeout: 15_000 });

  // The old year opens read-only, with the way back on its last step.
  await current.click();
  await page.getByRole('menuitem', { name: /2025–2026/ }).click();
  await expect(page.getByText('Năm cũ, chỉ xem')).toBeVisible();
  await page.getByRole('button', { name: 'Hoàn tác chuyển năm học' }).click();
  await page.getByRole('dialog').getByRole('textbox', { name: 'Lí do' }).fill('Xếp nhầm lớp');
  await page.getByRole('dialog').getByRole('button', { name: 'Hoàn tác chuyển năm học' }).click();
  await expect(page.getByText('Năm cũ, chỉ xem')).toBeHidden({ timeout: 15_000 });
  await expect(page.getByRole('button', { name: /^Năm học 2025–2026/ })).toBeVisible();
});
