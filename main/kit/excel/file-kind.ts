import { AppError } from '../errors.ts';

/** The container a file is in, told by its first bytes: schools rename files and portals send web pages called `.xls`. */
export type Container = 'zip' | 'ole' | 'text';

const SIGNATURES: readonly { bytes: readonly number[]; found: string }[] = [
  { bytes: [0x25, 0x50, 0x44, 0x46], found: 'PDF' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], found: 'PNG' },
  { bytes: [0xff, 0xd8, 0xff], found: 'JPEG' },
  { bytes: [0x52, 0x61, 0x72, 0x21], found: 'RAR' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], found: '7-Zip' },
  { bytes: [0x1f, 0x8b], found: 'GZIP' },
];

/** @throws workbook.empty, workbook.webPage, workbook.oldExcel, workbook.otherKind, workbook.unknownKind */
export function detectContainer(bytes: Uint8Array): Container {
  if (bytes.length === 0) throw new AppError('workbook.empty');
  if (startsWith(bytes, [0x50, 0x4b, 0x03, 0x04]) || startsWith(bytes, [0x50, 0x4b, 0x05, 0x06])) return 'zip';
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])) return 'ole';
  const known = SIGNATURES.find((signature) => startsWith(bytes, signature.bytes));
  if (known) throw new AppError('workbook.otherKind', { params: { found: known.found } });
  // Excel 5 and older wrote the sheet without a container: a BOF record stands first.
  if (bytes[0] === 0x09 && [0x00, 0x02, 0x04, 0x08].includes(bytes[1] ?? -1) && bytes[3] === 0) throw new AppError('workbook.oldExcel');
  const opening = new TextDecoder('latin1').decode(bytes.subarray(0, 2_000)).replace(/^(ï»¿)?\s+/, '').toLowerCase();
  if (/^(ï»¿)?<(\?xml|!doctype|html|head|meta|table|div|style)/.test(opening)) throw new AppError('workbook.webPage');
  if (!hasTextMark(bytes) && bytes.subarray(0, 4_000).includes(0)) throw new AppError('workbook.unknownKind');
  return 'text';
}

/** True when the file opens with the byte-order mark of UTF-8 or UTF-16. */
export function hasTextMark(bytes: Uint8Array): boolean {
  return startsWith(bytes, [0xef, 0xbb, 0xbf]) || startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]);
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}
