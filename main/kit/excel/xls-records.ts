import { CFB } from '@e965/xlsx';
import { AppError } from '../errors.ts';

interface OleEntry {
  size: number;
  content: Uint8Array | readonly number[];
}

const openOle = CFB.read as (bytes: Uint8Array, options: { type: 'array' }) => { FullPaths: string[] };
const findEntry = CFB.find as (container: { FullPaths: string[] }, path: string) => OleEntry | null;

/** Record types of [MS-XLS] 2.3 that tell whether a workbook is whole and readable. */
const BOF = 0x0809;
const END = 0x000a;
const FILE_PASS = 0x002f;
const BOUND_SHEET = 0x0085;
/** The version in a BOF record: only Excel 97–2003 writes Unicode; older code pages would turn Vietnamese letters into others. */
const BIFF8 = 0x0600;

/**
 * Checks an OLE file before it is parsed: it is an Excel 97–2003 workbook without a password, and every sheet it announces is there to its last
 * record. The parser behind the port reads a file that broke off as a shorter one.
 * @throws workbook.password, workbook.oldExcel, workbook.otherKind, workbook.unknownKind, workbook.truncated
 */
export function inspectXls(bytes: Uint8Array): void {
  const container = open(bytes);
  const has = (name: string) => container.FullPaths.some((path) => path.endsWith(`/${name}`));
  if (has('EncryptedPackage') || has('EncryptionInfo')) throw new AppError('workbook.password');
  const entry = findEntry(container, '/Workbook');
  if (entry === null) {
    if (has('Book')) throw new AppError('workbook.oldExcel');
    const found = has('WordDocument') ? 'Word' : has('PowerPoint Document') ? 'PowerPoint' : null;
    throw found === null ? new AppError('workbook.unknownKind') : new AppError('workbook.otherKind', { params: { found } });
  }
  const stream = Uint8Array.from(entry.content);
  if (stream.length < entry.size) throw new AppError('workbook.truncated');
  checkRecords(stream);
}

function open(bytes: Uint8Array): { FullPaths: string[] } {
  try {
    return openOle(bytes, { type: 'array' });
  } catch (cause) {
    throw new AppError('workbook.truncated', { cause });
  }
}

function checkRecords(stream: Uint8Array): void {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const sheetStarts: number[] = [];
  // The globals come first and list where each sheet begins.
  walkSubstream(view, 0, (type, at, size) => {
    if (type === FILE_PASS) throw new AppError('workbook.password');
    if (type === BOUND_SHEET && size >= 4) sheetStarts.push(view.getUint32(at, true));
  });
  for (const start of sheetStarts) walkSubstream(view, start, () => undefined);
}

/** Visits the records from a BOF to its EOF; substreams may nest (charts inside sheets). */
function walkSubstream(view: DataView, start: number, visit: (type: number, at: number, size: number) => void): void {
  let depth = 0;
  for (let at = start; at + 4 <= view.byteLength; ) {
    const type = view.getUint16(at, true);
    const size = view.getUint16(at + 2, true);
    const body = at + 4;
    if (body + size > view.byteLength) break;
    if (at === start) {
      if (type !== BOF || size < 2) break;
      if (view.getUint16(body, true) !== BIFF8) throw new AppError('workbook.oldExcel');
    }
    if (type === BOF) depth += 1;
    visit(type, body, size);
    if (type === END) depth -= 1;
    if (depth === 0) return;
    at = body + size;
  }
  throw new AppError('workbook.truncated');
}
