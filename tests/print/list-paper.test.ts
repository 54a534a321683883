import { readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { printList, type ListDocument } from '../../main/kit/print/list-document.ts';
import { createPrinter } from '../../main/kit/print/typst-printer.ts';
import { resourcePath } from '../../main/kit/resources.ts';
import { inspect, overflows, placedWords, printedAt, textOf } from './print-fixture.ts';

const printer = createPrinter();
afterAll(() => printer.close());

const margin = { x: 15, y: 12 };

function classList(): ListDocument {
  return JSON.parse(readFileSync(resourcePath('templates', 'list', 'sample.json'), 'utf8')) as ListDocument;
}

async function printed(document: ListDocument): Promise<{ pdf: Uint8Array; pages: number }> {
  return await printList(printer, document, printedAt);
}

describe('a class list', () => {
  it('has heading, every row, notes and signatures, the column titles on each page, and page numbers', async () => {
    const list = classList();
    const { pdf, pages } = await printed(list);
    expect(pages).toBe(2);
    const text = textOf(pdf);
    expect(text).toMatch(/UBND XÃ HOÀI ĐỨC\s+CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM/u);
    expect(text).toContain('DANH SÁCH HỌC SINH LỚP 9A');
    for (const row of list.rows) expect(text).toContain(row[1]);
    expect(textOf(pdf, 2)).toMatch(/STT\s+Họ và tên.*Danh sách này có 42 học sinh\..*Hoài Đức, ngày 05 tháng 01 năm 2026.*GIÁO VIÊN CHỦ NHIỆM\s+HIỆU TRƯỞNG.*Nguyễn Thị Hạnh\s+Lê Thị Bích Thủy.*Trang 2\/2/su);
    expect(overflows(pdf, margin)).toEqual([]);
    expect(inspect('qpdf', pdf, ['--check'])).toContain('No syntax or stream encoding errors found');
  });

  it('prints without letterhead, signatures or rows', async () => {
    const { pdf, pages } = await printed({ ...classList(), school: null, signatures: [], notes: [], rows: [] });
    expect(pages).toBe(1);
    expect(textOf(pdf)).toContain('Danh sách chưa có dòng nào.');
  });

  it('leaves room to write the date that is not known yet', async () => {
    expect(textOf((await printed({ ...classList(), date: null })).pdf)).toContain('Hoài Đức, ngày …… tháng …… năm 20……');
    expect(textOf((await printed({ ...classList(), place: '', date: null })).pdf)).not.toContain('ngày ……');
  });

  it('lies down when asked, and holds fifteen columns with long texts', async () => {
    const list = classList();
    const titles = ['STT', 'Mã học sinh', 'Họ và tên', 'Ngày sinh', 'Nơi sinh', 'Dân tộc', 'Họ tên cha', 'Nghề nghiệp', 'Họ tên mẹ', 'Nghề nghiệp', 'Điện thoại', 'Địa chỉ', 'Toán', 'Ngữ văn', 'Ghi chú'];
    const row = ['1', '010031234500', 'Nguyễn Hoàng Quỳnh Như', '26/12/2011', 'Bệnh viện Phụ sản Hà Nội', 'Kinh', 'Nguyễn Hữu Đạt', 'Công nhân khu công nghiệp', 'Trần Thị Kim Duyên', 'Giáo viên', '0912345678', 'Số nhà 12, ngõ 34, thôn Lũng Kênh, xã Hoài Đức, thành phố Hà Nội', '8,5', '10,0', 'Con thương binh'];
    const { pdf } = await printed({ ...list, landscape: true, columns: titles.map((title) => ({ title, align: 'left' as const })), rows: list.rows.map(() => row) });
    expect(overflows(pdf, margin)).toEqual([]);
    const [page] = placedWords(pdf);
    expect(page?.width).toBeGreaterThan(page?.height ?? Number.NaN);
    expect(page?.words.map((word) => word.text)).toContain('010031234500');
  });

  it('keeps forty columns on the page, breaking words when nothing else helps', async () => {
    const { pdf } = await printed({
      ...classList(),
      columns: Array.from({ length: 40 }, (_, i) => ({ title: `Tiêuđềdài${i}`, align: 'center' as const })),
      rows: [Array.from({ length: 40 }, () => 'nghiêngnghiêng')],
    });
    expect(overflows(pdf, margin).filter((fault) => fault.includes('outside'))).toEqual([]);
  });

  it('does not cut a row at the foot of a page', async () => {
    const rows = Array.from({ length: 60 }, (_, i) => [String(i + 1), `Học sinh ${i + 1}`, 'dòng một\ndòng hai\ndòng ba']);
    const { pdf } = await printed({ ...classList(), columns: [{ title: 'STT', align: 'center' }, { title: 'Họ và tên', align: 'left' }, { title: 'Ghi chú', align: 'left' }], rows });
    for (const { words } of placedWords(pdf)) {
      const count = (word: string): number => words.filter((w) => w.text === word).length;
      expect([count('một'), count('ba')]).toEqual([count('hai'), count('hai')]);
    }
  });
});
