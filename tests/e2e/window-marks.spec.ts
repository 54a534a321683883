import { expect, signIn, test } from './shells.ts';
import { callBeside, copiedBlock, empty, goTo, markCell, markGrid, openEmptied, pasteBlock, score, sheetOf, writeBeside, year } from './window-acts.ts';

test('marks typed down a column are in the book, with the averages it answers', async ({ page }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  await expect(grid).toBeFocused();
  for (const words of ['8,5', '75', '10', 'x']) {
    await page.keyboard.type(words);
    await page.keyboard.press('Enter');
  }
  await expect(markCell(grid, 0, 0)).toHaveText('8,5');
  await expect(markCell(grid, 1, 0)).toHaveText('7,5');
  await expect(markCell(grid, 2, 0)).toHaveText('10');
  await expect(page.getByText(/^Đã lưu \d\d:\d\d:\d\d$/)).toBeVisible();

  // What is no mark stays as typed, in red, is listed with its reason, and is not in the book.
  await expect(markCell(grid, 3, 0)).toHaveAttribute('aria-invalid', 'true');
  const faults = page.getByRole('region', { name: /1 ô chưa lưu được/ });
  await expect(faults).toContainText('“x” không phải là điểm');

  await page.keyboard.press('Control+Home');
  for (let column = 0; column < sheet.columns.length; column++) {
    await page.keyboard.type('8');
    await page.keyboard.press('Tab');
  }
  await expect(grid.locator('[role="row"][aria-rowindex="2"]').getByText('8,0', { exact: true }).first()).toBeVisible();
  const saved = await sheetOf(page, sheet);
  expect(saved.rows[0]).toMatchObject({ average: 80, marks: { tx1: score(80), gk: score(80), ck: score(80) } });
  expect(saved.rows[1]?.marks.tx1).toEqual(score(75));
  expect(saved.rows[3]?.marks.tx1 ?? empty).toEqual(empty);

  await page.reload();
  await expect(markCell(await markGrid(page), 2, 0)).toHaveText('10');
});

test('the keys of a spreadsheet: edit, extend, fill down, empty, undo, redo', async ({ page }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  await page.keyboard.type('6');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('F2');
  await page.keyboard.type(',5');
  await page.keyboard.press('Enter');
  await expect(markCell(grid, 0, 0)).toHaveText('6,5');

  await page.keyboard.press('ArrowUp');
  for (let step = 0; step < 3; step++) await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+d');
  await expect(markCell(grid, 3, 0)).toHaveText('6,5');
  await page.keyboard.press('Delete');
  await expect(markCell(grid, 0, 0)).toHaveText('');
  await page.keyboard.press('Control+z');
  await expect(markCell(grid, 3, 0)).toHaveText('6,5');
  await page.keyboard.press('Control+z');
  await expect(markCell(grid, 3, 0)).toHaveText('');
  await expect(markCell(grid, 0, 0)).toHaveText('6,5');
  await page.keyboard.press('Control+y');
  await expect(markCell(grid, 3, 0)).toHaveText('6,5');
  await expect(page.getByText(/^Đã lưu/)).toBeVisible();

  // The history of the cell tells every step, undo included, newest first.
  await page.keyboard.press('Control+Home');
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowDown');
  const pane = page.getByRole('complementary', { name: 'Học sinh và lịch sử của ô' });
  await expect(pane).toContainText('Chuỗi nhật ký còn nguyên');
  await expect(pane.getByRole('listitem').first()).toContainText('hoàn tác');
  const { entries } = await callBeside<{ entries: { path: string; after: string | null }[] }>(page, 'grades.markHistory', { sheetId: sheet.sheetId, enrolmentId: sheet.rows[3]?.enrolmentId ?? '', column: 'tx1' });
  expect(entries.slice(-5).map(entry => entry.path)).toEqual(['typed', 'typed', 'undo', 'undo', 'undo']);
});

test('a block from Excel lands where one stands; sizes that differ are looked at first', async ({ page }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  await pasteBlock(page, '8,5\t9\r\n7.5\t10\r\n');
  await expect(markCell(grid, 1, 1)).toHaveText('10');
  expect(await copiedBlock(page)).toBe('8,5\t9\r\n7,5\t10\r\n');

  await page.keyboard.press('Control+Home');
  await pasteBlock(page, '5\r\n6\r\n7,25\r\n75\r\n');
  const dialog = page.getByRole('dialog', { name: 'Xem trước khi dán' });
  await expect(dialog).toContainText('2 ô sẽ đổi');
  await expect(dialog).toContainText('1 ô đang có điểm bị ghi đè');
  await expect(dialog).toContainText('2 ô không phải là điểm');
  expect((await sheetOf(page, sheet)).rows[0]?.marks.tx1).toEqual(score(85));
  await dialog.getByRole('button', { name: 'Dán', exact: true }).click();
  await expect(markCell(grid, 1, 0)).toHaveText('6');
  await expect(markCell(grid, 3, 0)).toHaveText('✕75');
  await expect(grid).toBeFocused();
  await expect(page.getByText(/^Đã lưu/)).toBeVisible();
  const saved = await sheetOf(page, sheet);
  expect(saved.rows.slice(0, 2).map(row => row.marks.tx1)).toEqual([score(50), score(60)]);
  expect(saved.rows[2]?.marks.tx1 ?? empty).toEqual(empty);
});

test('a subject of comments takes Đ and CĐ by one key, and no numbers', async ({ page }) => {
  await openEmptied(page, 'secretary', 'Nghệ thuật');
  const grid = await markGrid(page);
  for (const key of ['d', 'c', '8']) {
    await page.keyboard.type(key);
    await page.keyboard.press('Enter');
  }
  await expect(markCell(grid, 0, 0)).toHaveText('Đ');
  await expect(markCell(grid, 1, 0)).toHaveText('CĐ');
  await expect(page.getByRole('region', { name: /1 ô chưa lưu được/ })).toContainText('môn này chỉ ghi Đ hoặc CĐ');
});

test('a mark that another person writes appears by itself', async ({ page }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  await writeBeside(page, sheet.sheetId, sheet.rows[2]?.enrolmentId ?? '', 'tx2', empty, score(45));
  await expect(markCell(grid, 2, 1)).toHaveText('4,5');
});

test('two people at one cell: both values are shown, and nothing is overwritten before a choice', async ({ page }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  const [first] = sheet.rows;
  await page.keyboard.type('9');
  await writeBeside(page, sheet.sheetId, first?.enrolmentId ?? '', 'tx1', empty, score(40));
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: '1 ô có hai giá trị' });
  await expect(dialog.getByRole('row').nth(1)).toContainText('4');
  await expect(dialog.getByRole('row').nth(1)).toContainText('9');
  expect((await sheetOf(page, sheet)).rows[0]?.marks.tx1).toEqual(score(40));
  await dialog.getByRole('radio').nth(1).check();
  await dialog.getByRole('button', { name: 'Ghi 1 lựa chọn' }).click();
  await expect(markCell(grid, 0, 0)).toHaveText('9');
  await expect.poll(async () => (await sheetOf(page, sheet)).rows[0]?.marks.tx1).toEqual(score(90));

  await page.keyboard.press('Control+Home');
  await page.keyboard.type('2');
  await writeBeside(page, sheet.sheetId, first?.enrolmentId ?? '', 'tx1', score(90), score(70));
  await page.keyboard.press('Enter');
  await dialog.getByRole('button', { name: 'Tất cả theo sổ' }).click();
  await dialog.getByRole('button', { name: 'Ghi 1 lựa chọn' }).click();
  await expect(markCell(grid, 0, 0)).toHaveText('7');
  await expect(grid).toBeFocused();
});

test('a locked sheet says so, takes nothing, and is opened again only with a reason', async ({ page }) => {
  await openEmptied(page, 'principal');
  const grid = await markGrid(page);
  await page.getByRole('button', { name: 'Bước khác' }).click();
  await page.getByRole('menuitem', { name: /^Khoá sổ/ }).click();
  const locking = page.getByRole('dialog', { name: /Khoá sổ Toán/ });
  await expect(locking).toContainText('ô chưa có điểm');
  await locking.getByRole('button', { name: 'Khoá sổ' }).click();
  await expect(grid).toHaveAttribute('aria-readonly', 'true');
  await expect(page.getByRole('note')).toContainText('đã khoá');
  await grid.focus();
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await expect(markCell(grid, 0, 0)).toHaveText('');

  await page.getByRole('button', { name: 'Mở lại' }).click();
  const opening = page.getByRole('dialog', { name: /Mở lại sổ Toán/ });
  await expect(opening.getByRole('button', { name: 'Mở lại' })).toBeDisabled();
  await opening.getByText('Cả sổ').click();
  await opening.getByLabel('Lí do').fill('Cô Ngữ nhập nhầm cột giữa kì');
  await opening.getByRole('button', { name: 'Mở lại' }).click();
  await expect(grid).toHaveAttribute('aria-readonly', 'false');
  await grid.focus();
  await page.keyboard.press('Control+Home');
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  await expect(markCell(grid, 0, 0)).toHaveText('9');
});

test('0 by rule stands with its reason', async ({ page }) => {
  const sheet = await openEmptied(page);
  const grid = await markGrid(page);
  const middle = sheet.columns.findIndex(column => column.column === 'gk');
  await markCell(grid, 0, middle).click();
  await page.getByRole('button', { name: 'Ghi 0 theo quy định…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Lí do').fill('Không dự kiểm tra bù');
  await dialog.getByRole('button', { name: 'Ghi 0 theo quy định…' }).click();
  await expect(markCell(grid, 0, middle)).toHaveText('0');
  await expect.poll(async () => (await sheetOf(page, sheet)).rows[0]?.marks.gk).toEqual({ state: 'zeroByRule', reason: 'Không dự kiểm tra bù' });
});

test('a mark being typed is not lost by leaving with Back', async ({ page }) => {
  await signIn(page, 'secretary');
  await goTo(page, 'Lớp');
  const { classes } = await callBeside<{ classes: { name: string }[] }>(page, 'classes.list', { year });
  const sheet = await sheetOf(page, { className: classes[0]?.name ?? '', subjectName: 'Toán', term: 1 });
  const before = sheet.rows[0]?.marks.tx1;
  const wanted = before?.state === 'score' && before.tenths === 40 ? 50 : 40;
  await page.evaluate(sheetId => { window.location.hash = `#/grades/${sheetId}`; }, sheet.sheetId);
  await markGrid(page);
  await page.keyboard.type(String(wanted / 10));
  await page.evaluate(() => { window.history.back(); });
  await expect(page.getByRole('heading', { name: 'Lớp', exact: true })).toBeVisible();
  await expect.poll(async () => (await sheetOf(page, sheet)).rows[0]?.marks.tx1).toEqual(score(wanted));
});

test('conduct, absence and comments of a class are saved cell by cell', async ({ page }) => {
  await signIn(page, 'secretary');
  const { classes } = await callBeside<{ classes: { classId: string }[] }>(page, 'classes.list', { year });
  const classId = classes[0]?.classId ?? '';
  await page.evaluate(id => { window.location.hash = `#/grades/records/${id}`; }, classId);
  const sheet = page.getByRole('table', { name: /Rèn luyện/ });
  const cell = (label: string) => sheet.getByLabel(label).first();
  await cell('Rèn luyện học kì 1').click();
  await page.keyboard.type('c');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.type('3');
  await page.keyboard.press('Enter');
  await cell('Nhận xét của giáo viên chủ nhiệm').fill('Ngoan, cần mạnh dạn hơn.');
  await cell('Rèn luyện học kì 2').click();
  await page.keyboard.type('giỏi');
  await page.keyboard.press('Enter');
  await expect(cell('Rèn luyện học kì 1')).toHaveValue('CĐ');
  await expect(page.getByText('rèn luyện ghi T, K, Đ hoặc CĐ')).toBeVisible();
  await expect.poll(async () => (await callBeside<{ rows: unknown[] }>(page, 'grades.openTermRecords', { classId })).rows[0])
    .toMatchObject({ conduct1: 'CD', absences1: { excused: 3 }, comment: 'Ngoan, cần mạnh dạn hơn.' });
});
