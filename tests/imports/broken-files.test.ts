import { readFileSync } from 'node:fs';
import path from 'node:path';
import { CFB } from '@e965/xlsx';
import { describe, expect, it } from 'vitest';
import yazl from 'yazl';
import { AppError, toFailure } from '../../main/kit/errors.ts';
import { readWorkbook, writeWorkbook } from '../../main/kit/excel/workbook.ts';
import { FILE_LIMITS } from '../../main/kit/excel/file-limits.ts';
import { pupilList, workbookBytes } from '../fake/broken-workbooks.ts';
import { FIXTURES } from '../fake/import-fixtures.ts';

const text = (value: string) => ({ kind: 'text', text: value });
const bytesOf = (content: string, encoding: BufferEncoding = 'utf8') => new Uint8Array(Buffer.from(content, encoding));
const fixture = (name: string) => new Uint8Array(readFileSync(path.join(FIXTURES, name)));

async function faultOf(bytes: Uint8Array, limits = FILE_LIMITS): Promise<AppError> {
  try {
    await readWorkbook(bytes, limits);
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
  throw new Error('the file was read');
}

function zipOf(parts: Readonly<Record<string, Buffer>>): Promise<Uint8Array> {
  const zip = new yazl.ZipFile();
  for (const [name, content] of Object.entries(parts)) zip.addBuffer(content, name);
  zip.end();
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    zip.outputStream.on('data', (piece: Buffer) => pieces.push(piece)).on('end', () => resolve(new Uint8Array(Buffer.concat(pieces)))).on('error', reject);
  });
}

interface OleContainer { FullPaths: string[] }
const ole = CFB as unknown as { utils: { cfb_new(): OleContainer; cfb_add(container: OleContainer, name: string, content: Uint8Array): void }; write(container: OleContainer, options: { type: 'array' }): ArrayLike<number> };

function oleOf(streams: Readonly<Record<string, Uint8Array>>): Uint8Array {
  const container = ole.utils.cfb_new();
  for (const [name, content] of Object.entries(streams)) ole.utils.cfb_add(container, `/${name}`, content);
  return Uint8Array.from(ole.write(container, { type: 'array' }));
}

/** Records of [MS-XLS]: type, then content. */
function records(...list: readonly (readonly [number, readonly number[]])[]): Uint8Array {
  const bytes = list.flatMap(([type, content]) => [type & 255, type >> 8, content.length & 255, content.length >> 8, ...content]);
  return Uint8Array.from([...bytes, ...Array.from({ length: Math.max(0, 5_000 - bytes.length) }, () => 0)]);
}
const BOF8 = [0x0809, [0x00, 0x06, 0x05, 0x00]] as const;
const BOF5 = [0x0809, [0x00, 0x05, 0x05, 0x00]] as const;
const END = [0x000a, []] as const;

describe('the secretary drops a file that cannot be read', () => {
  const cases: readonly { file: string; bytes: () => Uint8Array | Promise<Uint8Array>; code: string }[] = [
    { file: 'an empty file', bytes: () => new Uint8Array(), code: 'workbook.empty' },
    { file: 'a PDF called .xlsx', bytes: () => bytesOf('%PDF-1.7\n'), code: 'workbook.otherKind' },
    { file: 'a photo', bytes: () => Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 0, 0x10]), code: 'workbook.otherKind' },
    { file: 'a program', bytes: () => Uint8Array.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0]), code: 'workbook.unknownKind' },
    { file: 'a Word document', bytes: () => zipOf({ '[Content_Types].xml': Buffer.from('<Types/>'), 'word/document.xml': Buffer.from('<w/>') }), code: 'workbook.otherKind' },
    { file: 'a Word 97 document', bytes: () => oleOf({ WordDocument: new Uint8Array(5_000) }), code: 'workbook.otherKind' },
    { file: 'a binary .xlsb', bytes: () => zipOf({ '[Content_Types].xml': Buffer.from('<Types/>'), 'xl/workbook.bin': Buffer.from('x') }), code: 'workbook.otherKind' },
    { file: 'a zip of anything', bytes: () => zipOf({ 'a.txt': Buffer.from('a') }), code: 'workbook.otherKind' },
    { file: 'a web page called .xls', bytes: () => bytesOf('\ufeff  <html><body><table><tr><td>Mã lớp</td></tr></table></body></html>'), code: 'workbook.webPage' },
    { file: 'an XML spreadsheet called .xls', bytes: () => bytesOf('<?xml version="1.0"?><Workbook/>'), code: 'workbook.webPage' },
    { file: 'an Outlook message', bytes: () => oleOf({ '__properties_version1.0': new Uint8Array(5_000) }), code: 'workbook.unknownKind' },
    { file: 'an .xlsx with a password', bytes: () => fixture('co-mat-khau.xlsx'), code: 'workbook.password' },
    { file: 'an .xls with a password', bytes: () => oleOf({ Workbook: records(BOF8, [0x002f, [1, 0, 1, 0, 1, 0]], END) }), code: 'workbook.password' },
    { file: 'an Excel 95 workbook', bytes: () => oleOf({ Book: records(BOF5, END) }), code: 'workbook.oldExcel' },
    { file: 'an Excel 95 workbook in a newer container', bytes: () => oleOf({ Workbook: records(BOF5, END) }), code: 'workbook.oldExcel' },
    { file: 'an Excel 4 sheet', bytes: () => Uint8Array.from([0x09, 0x04, 0x06, 0x00, 0, 0, 0x10, 0, 0, 0]), code: 'workbook.oldExcel' },
    { file: 'an .xlsx whose download broke off', bytes: () => fixture('hoc-sinh.xlsx').subarray(0, 20_000), code: 'workbook.truncated' },
    { file: 'an .xls whose copy broke off', bytes: () => fixture('hoc-sinh.xls').subarray(0, 25_000), code: 'workbook.truncated' },
    { file: 'an .xls whose globals never end', bytes: () => oleOf({ Workbook: records(BOF8) }), code: 'workbook.truncated' },
    { file: 'a workbook without content', bytes: () => writeWorkbook({ createdAt: '2025-09-15T08:00:00Z', sheets: [{ name: 'Sheet1', rows: [] }] }), code: 'workbook.noSheets' },
    { file: 'a CSV in the old Vietnamese code page', bytes: () => Uint8Array.from([...bytesOf('Mã lớp;'), 0x4c, 0xc3, 0x2c, 0xea, 0x0a]), code: 'workbook.textEncoding' },
    { file: 'a CSV whose quotation mark is never closed', bytes: () => bytesOf('Mã lớp;Họ tên\n9A;"Nguyễn\n9A;Trần\n'), code: 'workbook.csvQuote' },
  ];
  for (const { file, bytes, code } of cases) {
    it(`${file}: ${code}, in words and with a way out`, async () => {
      const fault = await faultOf(await bytes());
      expect(fault.code).toBe(code);
      const failure = toFailure(fault);
      expect(failure.heading).not.toBe('');
      for (const part of [failure.heading, failure.what, failure.remedy]) expect(part).not.toMatch(/errors\.|\{\{|undefined/);
    });
  }

  it('a flipped byte inside a part: the checksum tells, and half a list is never read', async () => {
    const bytes = fixture('hoc-sinh.xlsx');
    const at = Buffer.from(bytes).indexOf('xl/worksheets/sheet1.xml') + 2_000;
    bytes[at] = (bytes[at] ?? 0) ^ 0x01;
    expect((await faultOf(bytes)).code).toBe('workbook.damaged');
  });

  it('a sheet part that ends in the middle is damaged, although the zip around it is sound', async () => {
    const parts = { '[Content_Types].xml': Buffer.from('<Types></Types>'), 'xl/workbook.xml': Buffer.from('<workbook></workbook>'), 'xl/worksheets/sheet1.xml': Buffer.from('<worksheet><sheetData><row r="1"><c r="A1" t="n"><v>1') };
    expect((await faultOf(await zipOf(parts))).code).toBe('workbook.damaged');
  });

  it('a small file that would unpack to a great one is refused before it is unpacked', async () => {
    const bomb = await zipOf({ '[Content_Types].xml': Buffer.from('<Types></Types>'), 'xl/workbook.xml': Buffer.from('<workbook></workbook>'), 'xl/worksheets/sheet1.xml': Buffer.alloc(40_000_000, 0x20) });
    expect(bomb.length).toBeLessThan(100_000);
    const fault = await faultOf(bomb, { ...FILE_LIMITS, unpackedBytes: 10_000_000 });
    expect(fault).toMatchObject({ code: 'workbook.unpackedTooLarge', params: { size: 41, limit: 10 } });
  });

  it('a zip that lies about its sizes is caught while it is unpacked', async () => {
    const bytes = Buffer.from(await zipOf({ '[Content_Types].xml': Buffer.from('<Types></Types>'), 'xl/workbook.xml': Buffer.from(`<workbook>${' '.repeat(9_000)}</workbook>`) }));
    // The size unpacked stands in the central directory, 22 bytes before the name.
    const entry = bytes.lastIndexOf('xl/workbook.xml') - 22;
    expect(bytes.readUInt32LE(entry)).toBe(9_021);
    bytes.writeUInt32LE(100, entry);
    expect((await faultOf(new Uint8Array(bytes))).code).toBe('workbook.damaged');
  });

  it('limits on the file, the sheets and the cells hold, each with its own figure', async () => {
    const list = workbookBytes([pupilList(), { name: 'Khác', cells: { A1: 'x' } }]);
    expect(await faultOf(list, { ...FILE_LIMITS, fileBytes: 1_000 })).toMatchObject({ code: 'workbook.fileTooLarge' });
    expect(await faultOf(list, { ...FILE_LIMITS, sheets: 1 })).toMatchObject({ code: 'workbook.tooManySheets', params: { size: 2, limit: 1 } });
    expect(await faultOf(list, { ...FILE_LIMITS, cells: 10 })).toMatchObject({ code: 'workbook.tooManyCells', params: { limit: 10 } });
    expect(await faultOf(list, { ...FILE_LIMITS, parts: 3 })).toMatchObject({ code: 'workbook.tooManyParts', params: { limit: 3 } });
  });
});

describe('a text table', () => {
  const LINES = ['Mã lớp;Mã học sinh;Họ tên;Điểm', '9A;0801000001;Nguyễn Thị Ngữ;8,5', '9A;0801000002;"Đặng ""Tí"" Hữu; con";', ''];
  const forms: readonly { form: string; bytes: Uint8Array }[] = [
    { form: 'UTF-8 without mark, with ;', bytes: bytesOf(LINES.join('\n')) },
    { form: 'UTF-8 with mark, lines ending as on Windows', bytes: bytesOf(`\ufeff${LINES.join('\r\n')}`) },
    { form: 'UTF-16 with mark', bytes: bytesOf(`\ufeff${LINES.join('\r\n')}`, 'utf16le') },
    { form: 'commas', bytes: bytesOf('Mã lớp,Mã học sinh,Họ tên,Điểm\n9A,0801000001,Nguyễn Thị Ngữ,"8,5"\n9A,0801000002,"Đặng ""Tí"" Hữu; con",\n') },
    { form: 'tabs', bytes: bytesOf('Mã lớp\tMã học sinh\tHọ tên\tĐiểm\n9A\t0801000001\tNguyễn Thị Ngữ\t8,5\n9A\t0801000002\t"Đặng ""Tí"" Hữu; con"\t\n') },
  ];
  for (const { form, bytes } of forms) {
    it(`${form}: cells stay text, codes keep their zeros`, async () => {
      const book = await readWorkbook(bytes);
      expect(book.fileKind).toBe('csv');
      expect(book.sheets[0]?.rows.map((row) => row.cells)).toEqual([
        ['Mã lớp', 'Mã học sinh', 'Họ tên', 'Điểm'].map(text), ['9A', '0801000001', 'Nguyễn Thị Ngữ', '8,5'].map(text), ['9A', '0801000002', 'Đặng "Tí" Hữu; con'].map(text),
      ]);
    });
  }

  it('keeps the line numbers of Excel over blank lines and over line breaks inside a cell', async () => {
    const book = await readWorkbook(bytesOf('a;b\n\n"x\ny";z\nc;d\n'));
    expect(book.sheets[0]?.rows.map((row) => row.number)).toEqual([1, 3, 4]);
  });
});
