import type { Locator, Page } from '@playwright/test';
import type { MarkValue, SheetSummary, SheetView } from '../../preload/contract/grades.ts';
import type { Result } from '../../preload/contract/failure.ts';
import { expect, signIn } from './shells.ts';

/** Goes to a place by its word in the rail. */
export async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Các nơi làm việc' }).getByRole('link', { name: place, exact: true }).click();
}

interface PageBridge {
  bridge?: { call(name: string, input: unknown): Promise<unknown> };
}

/** Makes a call beside the window, as a second writer with the same account would. Values without bytes only. */
export async function callBeside<Value>(page: Page, name: string, input: unknown): Promise<Value> {
  const result = await page.evaluate(async ([call, value]) => {
    const { bridge } = globalThis as unknown as PageBridge;
    if (bridge !== undefined) return bridge.call(call, value);
    const response = await fetch(`/call/${call}`, { method: 'POST', headers: { 'content-type': 'application/json', 'X-So-Truong': '1' }, body: JSON.stringify(value) });
    return response.json();
  }, [name, input] as const) as Result<Value>;
  if (!result.ok) throw new Error(`${name}: ${result.error.code} ${result.error.what}`);
  return result.value;
}

export const year = '2025-2026';

/** A sheet of the demo school by class, subject and term. */
export async function sheetOf(page: Page, wanted: Pick<SheetSummary, 'className' | 'subjectName' | 'term'>): Promise<SheetView> {
  const { sheets } = await callBeside<{ sheets: SheetSummary[] }>(page, 'grades.listSheets', { year });
  const found = sheets.find(sheet => sheet.className === wanted.className && sheet.subjectName === wanted.subjectName && sheet.term === wanted.term);
  if (found === undefined) throw new Error(`no sheet ${wanted.subjectName} ${wanted.className}; there are ${sheets.map(sheet => `${sheet.subjectName} ${sheet.className}`).join(', ')}`);
  return callBeside<SheetView>(page, 'grades.openSheet', { sheetId: found.sheetId });
}

export const empty: MarkValue = { state: 'empty' };
export function score(tenths: number): MarkValue {
  return { state: 'score', tenths };
}

/** Signs in, empties the first four pupils of a sheet of the first class, and opens it. */
export async function openEmptied(page: Page, role: 'secretary' | 'principal' = 'secretary', subjectName = 'Toán'): Promise<SheetView> {
  await signIn(page, role);
  const { classes } = await callBeside<{ classes: { name: string }[] }>(page, 'classes.list', { year });
  const sheet = await sheetOf(page, { className: classes[0]?.name ?? '', subjectName, term: 1 });
  const changes = sheet.rows.slice(0, 4).flatMap(row => sheet.columns.map(({ column }) => ({ enrolmentId: row.enrolmentId, column, before: row.marks[column] ?? empty, after: empty })));
  await callBeside(page, 'grades.saveMarks', { sheetId: sheet.sheetId, path: 'typed', changes: changes.filter(change => change.before.state !== 'empty') });
  await page.evaluate(sheetId => { window.location.hash = `#/grades/${sheetId}`; }, sheet.sheetId);
  return sheetOf(page, sheet);
}

/** Writes one cell beside the window. */
export async function writeBeside(page: Page, sheetId: string, enrolmentId: string, column: string, before: MarkValue, after: MarkValue): Promise<void> {
  await callBeside(page, 'grades.saveMarks', { sheetId, path: 'typed', changes: [{ enrolmentId, column, before, after }] });
}

/** The open mark grid, once its rows are there. */
export async function markGrid(page: Page): Promise<Locator> {
  const grid = page.getByRole('grid', { name: /Học kì/ });
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  return grid;
}

/** The cell of a pupil's row (0 is the first) and mark column (0 is the first). */
export function markCell(grid: Locator, row: number, column: number): Locator {
  return grid.locator(`[role="row"][aria-rowindex="${row + 2}"] [aria-colindex="${column + 3}"]`);
}

/** What a click on the clipboard's paste would hand over, without needing the permission to read the system's clipboard. */
export async function pasteBlock(page: Page, clipboard: string): Promise<void> {
  await page.evaluate(text => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, clipboard);
}

/** What the window puts on the clipboard for Ctrl+C (or Ctrl+X). */
export function copiedBlock(page: Page, act: 'copy' | 'cut' = 'copy'): Promise<string> {
  return page.evaluate(kind => {
    const data = new DataTransfer();
    document.activeElement?.dispatchEvent(new ClipboardEvent(kind, { clipboardData: data, bubbles: true, cancelable: true }));
    return data.getData('text/plain');
  }, act);
}
