import { sha256Hex } from '../kit/atomic-file.ts';
import type { Workbook } from '../kit/excel/workbook.ts';
import { readWorkbookApart } from '../kit/excel/workbook-thread.ts';

/** A file is read many times while its cells are mended: the last few stay open. */
const KEPT = 3;
const recent = new Map<string, Workbook>();

/** @throws as `readWorkbook`; the signal's reason when cancelled */
export async function openWorkbook(bytes: Uint8Array, signal: AbortSignal): Promise<Workbook> {
  const sha256 = sha256Hex(bytes);
  const known = recent.get(sha256);
  if (known) return known;
  const workbook = await readWorkbookApart(bytes, signal);
  recent.set(sha256, workbook);
  for (const oldest of recent.keys()) {
    if (recent.size <= KEPT) break;
    recent.delete(oldest);
  }
  return workbook;
}
