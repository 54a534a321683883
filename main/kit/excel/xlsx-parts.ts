import { crc32 } from 'node:zlib';
import { fromBufferPromise, type Entry, type ZipFile } from 'yauzl';
import { AppError } from '../errors.ts';
import type { FileLimits } from './file-limits.ts';

/** What was learnt about an .xlsx before it is parsed. */
export interface XlsxParts {
  /** Some formula was never calculated: its cell has no value, which is not the same as an empty cell. */
  uncalculatedFormulas: boolean;
}

/**
 * Unpacks every part of a zip once and keeps nothing: the only way to know that sizes are what the directory claims, that no byte changed on the
 * way (checksums), and that each sheet is whole, because the parser behind the port reads half a sheet without a word.
 * @throws workbook.truncated, workbook.damaged, workbook.password, workbook.tooManyParts, workbook.unpackedTooLarge, workbook.otherKind
 */
export async function inspectXlsx(bytes: Uint8Array, limits: FileLimits): Promise<XlsxParts> {
  const zip = await openZip(bytes);
  const names = new Set<string>();
  let unpacked = 0;
  let uncalculatedFormulas = false;
  try {
    if (zip.entryCount > limits.parts) throw new AppError('workbook.tooManyParts', { params: { size: zip.entryCount, limit: limits.parts } });
    for await (const entry of zip.eachEntry()) {
      if (entry.isEncrypted()) throw new AppError('workbook.password');
      unpacked += entry.uncompressedSize;
      if (unpacked > limits.unpackedBytes) throw new AppError('workbook.unpackedTooLarge', { params: { size: megabytes(unpacked), limit: megabytes(limits.unpackedBytes) } });
      names.add(entry.fileName.toLowerCase());
      const facts = await unpack(zip, entry);
      uncalculatedFormulas ||= facts.uncalculatedFormulas;
    }
  } catch (fault) {
    if (fault instanceof AppError) throw fault;
    throw new AppError('workbook.damaged', { params: { part: describe(fault) }, cause: fault });
  } finally {
    zip.close();
  }
  refuseOtherKinds(names);
  return { uncalculatedFormulas };
}

async function openZip(bytes: Uint8Array): Promise<ZipFile> {
  try {
    return await fromBufferPromise(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), { validateEntrySizes: true });
  } catch (cause) {
    // The directory of a zip stands at its end: a copy that broke off has none.
    throw new AppError('workbook.truncated', { cause });
  }
}

const SHEET_PART = /^xl\/(worksheets\/.*|workbook|sharedstrings|styles)\.xml$/i;
/** A cell that ends right behind its formula, without a value. */
const UNCALCULATED = /(<\/(\w+:)?f>|<(\w+:)?f(\s[^<>]*)?\/>)\s*<\/(\w+:)?c>/;
/** Long enough to hold the pieces of {@link UNCALCULATED} across two chunks. */
const OVERLAP = 200;

async function unpack(zip: ZipFile, entry: Entry): Promise<XlsxParts> {
  const isSheet = SHEET_PART.test(entry.fileName);
  let sum = 0;
  let tail = '';
  let uncalculatedFormulas = false;
  for await (const chunk of await zip.openReadStreamPromise(entry) as AsyncIterable<Buffer>) {
    sum = crc32(chunk, sum);
    if (!isSheet) continue;
    const piece = tail + chunk.toString('latin1');
    uncalculatedFormulas ||= UNCALCULATED.test(piece);
    tail = piece.slice(-OVERLAP);
  }
  if (sum !== entry.crc32) throw new AppError('workbook.damaged', { params: { part: entry.fileName } });
  if (isSheet && !/<\/(\w+:)?\w+>\s*$|<(\w+:)?(sst|styleSheet)[^<>]*\/>\s*$/.test(tail)) throw new AppError('workbook.damaged', { params: { part: entry.fileName } });
  return { uncalculatedFormulas };
}

function refuseOtherKinds(names: ReadonlySet<string>): void {
  if (names.has('xl/workbook.xml')) return;
  const starts = (prefix: string) => [...names].some((name) => name.startsWith(prefix));
  const found = starts('word/') ? 'Word' : starts('ppt/') ? 'PowerPoint' : names.has('xl/workbook.bin') ? 'Excel .xlsb' : names.has('content.xml') ? 'OpenDocument' : 'ZIP';
  throw new AppError('workbook.otherKind', { params: { found } });
}

function megabytes(bytes: number): number {
  return Math.ceil(bytes / 1_000_000);
}

function describe(fault: unknown): string {
  return fault instanceof Error ? fault.message : String(fault);
}
