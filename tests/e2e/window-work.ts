import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import type { Page } from '@playwright/test';
import type { ShellApp } from '../electron/launch-shell.ts';
import { demoAccounts, expect, type DemoLogin } from './shells.ts';

/** Signs in as one person of the demo school, for example the homeroom teacher of the first class that has one. */
export async function signInAs(page: Page, account: DemoLogin): Promise<void> {
  await page.getByLabel('Tên đăng nhập').fill(account.user);
  await page.getByRole('textbox', { name: 'Mật khẩu' }).fill(account.password);
  await page.getByRole('button', { name: 'Đăng nhập', exact: true }).click();
  await page.getByRole('navigation', { name: 'Các nơi làm việc' }).waitFor();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Tài khoản của/ }).click();
  await page.getByRole('menuitem', { name: 'Đăng xuất' }).click();
  await page.getByLabel('Tên đăng nhập').waitFor();
}

/** A homeroom teacher of the demo school and the class. */
export function homeroomTeacher(): { account: DemoLogin; className: string } {
  const account = demoAccounts().find(one => one.role === 'teacher' && one.classes.length > 0);
  const className = account?.classes[0];
  if (account === undefined || className === undefined) throw new Error('the demo school has no homeroom teacher');
  return { account, className };
}

/** What the person gets who presses a button that saves a file: by the browser's download, or by the program's own dialog. */
export async function savedFile(page: Page, app: ShellApp | null, folder: string, act: () => Promise<void>): Promise<{ name: string; bytes: Buffer }> {
  mkdirSync(folder, { recursive: true });
  if (app === null) {
    const coming = page.waitForEvent('download');
    await act();
    const download = await coming;
    const file = path.join(folder, download.suggestedFilename());
    await download.saveAs(file);
    return { name: download.suggestedFilename(), bytes: readFileSync(file) };
  }
  const file = path.join(folder, 'tệp đã lưu');
  await app.answerDialogs(file);
  await act();
  // The file appears before all of it is there.
  let size = 0;
  await expect.poll(() => {
    const former = size;
    size = existsSync(file) ? statSync(file).size : 0;
    return size > 0 && size === former;
  }).toBe(true);
  return { name: path.basename(file), bytes: readFileSync(file) };
}

/** Drops a file on the place the pointer is over, as from the file manager. */
export async function dropFile(page: Page, selector: string, name: string, bytes: Uint8Array): Promise<void> {
  const transfer = await page.evaluateHandle(([fileName, base64]) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(base64), letter => letter.charCodeAt(0))], fileName));
    return data;
  }, [name, Buffer.from(bytes).toString('base64')] as const);
  await page.dispatchEvent(selector, 'dragover', { dataTransfer: transfer });
  await page.dispatchEvent(selector, 'drop', { dataTransfer: transfer });
}

/** The list of pupils the demo school was made of, with some cells changed: column title → value, by row of the sheet. */
export async function changedPupilsList(dataFolder: string, changes: Record<number, Record<string, string>>): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(path.join(dataFolder, 'import', 'Filemau-C2-HocSinhDiaPhuong-ver3-data.xlsx'));
  const sheet = book.worksheets[0];
  if (sheet === undefined) throw new Error('the list of pupils has no sheet');
  const head = sheet.getRow(5).values as (string | undefined)[];
  for (const [row, cells] of Object.entries(changes)) {
    for (const [title, value] of Object.entries(cells)) {
      const column = head.indexOf(title);
      if (column < 0) throw new Error(`the list of pupils has no column ${title}`);
      sheet.getRow(Number(row)).getCell(column).value = value;
    }
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}
