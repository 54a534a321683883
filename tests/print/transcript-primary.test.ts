import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { createPrinter } from '../../main/kit/print/typst-printer.ts';
import { resourcePath } from '../../main/kit/resources.ts';
import type { PrimaryTranscript } from '../../main/transcripts/primary-document.ts';
import { printTranscript, transcriptTemplateFor } from '../../main/transcripts/transcripts-print.ts';
import { printedAt, textOf } from './print-fixture.ts';

const printer = createPrinter();
afterAll(() => printer.close());
const sample = () => JSON.parse(readFileSync(resourcePath('templates', 'transcript-primary-tt27', 'sample.json'), 'utf8')) as PrimaryTranscript;

describe('the học bạ of primary school', () => {
  it('has six pages, with three fields on the page that the principal and the class teacher sign', async () => {
    const { pdf, pages, template } = await printTranscript(printer, sample(), printedAt);
    expect({ pages, template }).toEqual({ pages: 6, template: 'transcript-primary-tt27' });
    expect(textOf(pdf, 1)).toMatch(/TRƯỜNG TIỂU HỌC KIM CHUNG.*HỌC BẠ.*TIỂU HỌC.*0412\/TH/su);
    expect(textOf(pdf, 3)).toMatch(/Quốc tịch: Việt Nam.*Quê quán: Xã Hoài Đức.*QUÁ TRÌNH HỌC TẬP.*2025 – 2026\s+5A/su);
    expect(textOf(pdf, 5)).toMatch(/Những phẩm chất chủ yếu.*Năng lực đặc thù.*Hoàn thành xuất sắc.*Học sinh Xuất sắc.*XÁC NHẬN CỦA HIỆU TRƯỞNG\s+GIÁO VIÊN CHỦ NHIỆM/su);
  });

  it('writes levels as T, H, C and T, Đ, C, tests as whole marks, and nothing where no test is written', async () => {
    const data = sample();
    const year = data.years[0];
    if (!year) throw new Error('no year');
    const [first, second] = year.subjects;
    if (!first || !second) throw new Error('no subjects');
    const changed = { ...year, subjects: [{ ...first, level: 'H' as const, test: 5, comment: '' }, { ...second, level: 'C' as const, test: null, comment: '' }], qualities: { ...year.qualities, traits: [{ name: 'Yêu nước', level: 'D' as const }] } };
    const { pdf } = await printTranscript(printer, { ...data, years: [changed] }, printedAt);
    expect(textOf(pdf, 4)).toMatch(/Tiếng Việt\s+H\s+5\n/u);
    expect(textOf(pdf, 4)).toMatch(/Toán\s+C\n/u);
    expect(textOf(pdf, 5)).toMatch(/Yêu nước\s+Đ/u);
  });

  it('is the form of each grade from the year in which the grade came under the circular', () => {
    expect([transcriptTemplateFor('tieu-hoc', '2020-2021', 1), transcriptTemplateFor('tieu-hoc', '2024-2025', 5)]).toEqual(['transcript-primary-tt27', 'transcript-primary-tt27']);
    expect(() => transcriptTemplateFor('tieu-hoc', '2023-2024', 5)).toThrow('print.noTemplate');
  });
});
