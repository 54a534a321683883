import path from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { addSignatureFields } from '../../main/kit/pdf/signature-fields.ts';

const FONTS = path.resolve(import.meta.dirname, '../../node_modules/@expo-google-fonts/tinos/400Regular');

const PAPER = `#set page(paper: "a4")
#set text(font: "Tinos", lang: "vi")
= HỌC BẠ
Họ và tên: *Đặng Thị Hằng* #pagebreak()
Kết quả cuối năm: được lên lớp. #link("https://so-truong.example")[Tra cứu]`;

let compiler: NodeCompiler | undefined;

/** A two-page paper as the program prints it: Typst, Vietnamese text, no form. */
export function printedPaper(standard?: 'a-2b' | 'a-3b', source = PAPER): Uint8Array {
  compiler ??= NodeCompiler.create({ fontArgs: [{ fontPaths: [FONTS] }] });
  return compiler.pdf({ mainFileContent: source }, standard ? { pdfStandard: standard } : {});
}

/** Where the three people sign, on page 2; the seal overlaps the left third of the principal's place (NĐ 30/2020, annex I). */
export const FIELDS = [
  { name: 'homeroom', page: 2, rect: [60, 90, 260, 190] as [number, number, number, number], tooltip: 'Giáo viên chủ nhiệm ký' },
  { name: 'principal', page: 2, rect: [330, 90, 550, 190] as [number, number, number, number], tooltip: 'Hiệu trưởng ký' },
  { name: 'seal', page: 2, rect: [280, 88, 382, 190] as [number, number, number, number], tooltip: 'Dấu của trường' },
];

/** The same paper with its three empty fields. */
export function paperWithFields(standard?: 'a-2b' | 'a-3b'): Uint8Array {
  return addSignatureFields(printedPaper(standard), FIELDS);
}

/** A red ring on transparent ground, as schools scan their seal: a PNG of 200 by 200 pixels. */
export const SAMPLE_SEAL = drawPng(200, 200, (x, y) => {
  const radius = Math.hypot(x - 100, y - 100);
  return (radius > 88 && radius < 98) || (radius > 60 && radius < 64) || radius < 20 ? [210, 20, 30, 230] : [0, 0, 0, 0];
});

/** A blue wave on transparent ground: handwriting. */
export const SAMPLE_HANDWRITING = drawPng(300, 100, (x, y) => (Math.abs(y - 50 - 35 * Math.sin(x / 18) * Math.cos(x / 60)) < 3 ? [20, 40, 160, 255] : [0, 0, 0, 0]));

function drawPng(width: number, height: number, pixel: (x: number, y: number) => [number, number, number, number]): Uint8Array {
  const rows = Buffer.alloc((width * 4 + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) rows.set(pixel(x, y), y * (width * 4 + 1) + 1 + x * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), pngChunk('IHDR', header), pngChunk('IDAT', deflateSync(rows)), pngChunk('IEND', Buffer.alloc(0))]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}
