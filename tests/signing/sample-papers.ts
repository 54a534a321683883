import path from 'node:path';
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
