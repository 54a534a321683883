import path from 'node:path';
import { expect, signIn, test } from './shells.ts';
import { goTo } from './window-acts.ts';
import { savedFile } from './window-work.ts';

test('a class is prepared, and its papers are read page by page and pupil by pupil without the mouse', async ({ page, app, dataFolder }) => {
  test.slow();
  await signIn(page, 'secretary');
  await goTo(page, 'Học bạ');
  const classes = page.getByRole('grid', { name: 'Học bạ' });
  await expect(classes.getByRole('row').nth(1)).toContainText(/Lập \d+ học bạ/);
  await classes.focus();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const pupils = page.getByRole('grid', { name: /^Học bạ lớp/ });
  await expect(pupils.getByRole('row').nth(1)).toContainText('Chưa lập');
  await page.getByRole('button', { name: 'Lập học bạ cả lớp' }).click();
  await expect(page.getByText(/^Đã lập \d+ học bạ, giữ nguyên 0/)).toBeVisible({ timeout: 60_000 });

  await pupils.focus();
  await page.keyboard.press('Home');
  const row = pupils.getByRole('row', { selected: true });
  await expect(row).toContainText('Chờ chủ nhiệm ký');
  const name = (await row.getByRole('gridcell').nth(1).textContent() ?? '').trim();
  const paper = page.getByRole('region', { name: new RegExp(`^Tờ Học bạ .*${name}`) });
  await expect(paper).toContainText(/Trang 1\/[1-9]/);
  // J turns the page while the list has the focus; the arrows step on while the paper has it.
  await page.keyboard.press('j');
  await expect(paper).toContainText('Trang 2/');
  await page.keyboard.press('k');
  await expect(paper).toContainText('Trang 1/');
  await paper.focus();
  await page.keyboard.press('ArrowDown');
  await expect(row).not.toContainText(name);
  await page.keyboard.press('ArrowUp');
  await expect(row).toContainText(name);
  await expect(paper).toContainText(/Trang 1\/[1-9]/);

  const saved = await savedFile(page, app, path.join(dataFolder, '..', 'tải về'), () => paper.getByRole('button', { name: 'Lưu tệp PDF' }).click());
  expect(saved.bytes.subarray(0, 5).toString()).toBe('%PDF-');

  // Nothing changed: nothing is printed anew.
  await page.getByRole('button', { name: 'Lập lại học bạ' }).click();
  await expect(page.getByText(/^Đã lập 0 học bạ, giữ nguyên \d+/)).toBeVisible({ timeout: 60_000 });
});

test('a teacher reads the papers and cannot make them', async ({ page }) => {
  await signIn(page, 'teacher');
  await goTo(page, 'Học bạ');
  await page.getByRole('grid', { name: 'Học bạ' }).getByRole('row').nth(1).dblclick();
  await expect(page.getByRole('grid', { name: /^Học bạ lớp/ }).getByRole('row').nth(1)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Lập học bạ cả lớp' })).toHaveCount(0);
});
