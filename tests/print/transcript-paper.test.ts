import { afterAll, describe, expect, it } from 'vitest';
import { AppError } from '../../main/kit/errors.ts';
import { createPrinter } from '../../main/kit/print/typst-printer.ts';
import type { PrintAnchor } from '../../main/kit/print/typst-printer.ts';
import type { TranscriptDocument, TranscriptYear } from '../../main/transcripts/transcript-document.ts';
import { printTranscript, transcriptTemplateFor } from '../../main/transcripts/transcripts-print.ts';
import { inspect, overflows, placedWords, printedAt, sampleTranscript, textOf } from './print-fixture.ts';
import { worstTranscript } from './worst-transcript.ts';

const printer = createPrinter();
afterAll(() => printer.close());

const bookMargin = { x: 15, y: 15 };

async function printed(data: TranscriptDocument) {
  const template = data.level === 'thcs' ? 'transcript-thcs-tt22' : 'transcript-thpt-tt22';
  return await printer.print({ template, data, timestamp: printedAt });
}

function withYear(change: Partial<TranscriptYear>): TranscriptDocument {
  const sample = sampleTranscript();
  return { ...sample, years: sample.years.map((year) => ({ ...year, ...change })) };
}

/** Text with every run of blanks as one, for sentences that wrap. */
async function wordsOf(data: TranscriptDocument, page: number): Promise<string> {
  const { pdf } = await printed(data);
  return inspect('pdftotext', pdf, ['-f', String(page), '-l', String(page)], ['-']).replaceAll(/\s+/gu, ' ');
}

function anchorNamed(anchors: PrintAnchor[], name: string): PrintAnchor {
  const found = anchors.find((anchor) => anchor.name === name);
  if (found === undefined) throw new Error(`no anchor ${name}`);
  return found;
}

function refused(level: 'thcs' | 'thpt', year: string, grade?: number): string {
  try {
    return transcriptTemplateFor(level, year, grade);
  } catch (error) {
    return (error as AppError).code;
  }
}

describe('a học bạ of one school year', () => {
  it('has six pages: cover, instructions, personal page, subjects, results, back of the cover', async () => {
    const { pdf, pages } = await printed(sampleTranscript());
    expect(pages).toBe(6);
    expect(textOf(pdf, 1)).toMatch(/TRƯỜNG TRUNG HỌC CƠ SỞ NGUYỄN TRÃI.*HỌC BẠ.*TRUNG HỌC CƠ SỞ.*NGUYỄN HOÀNG QUỲNH NHƯ.*0412\/THCS/su);
    expect(textOf(pdf, 2)).toContain('HƯỚNG DẪN SỬ DỤNG HỌC BẠ');
    expect(textOf(pdf, 3)).toMatch(/Ngày sinh: 09\/03\/2011.*Họ và tên cha: Nguyễn Hữu Đạt.*QUÁ TRÌNH HỌC TẬP.*2025 – 2026\s+9A/su);
    expect(textOf(pdf, 4)).toMatch(/Môn học\/.*Xác nhận của Giáo viên chủ nhiệm/su);
    expect(textOf(pdf, 5)).toMatch(/Kết quả.*NHẬN XÉT CỦA GIÁO VIÊN CHỦ NHIỆM.*PHÊ DUYỆT CỦA HIỆU TRƯỞNG/su);
    expect(textOf(pdf, 6)).toContain('THÔNG TIN VỀ BẢN HỌC BẠ');
  });

  it('leaves the back page out when nothing is to be said of the edition', async () => {
    expect((await printed({ ...sampleTranscript(), paper: null })).pages).toBe(5);
  });

  it('writes marks with a comma, levels in words, in the order of the form whatever the order of the data', async () => {
    const sample = sampleTranscript();
    const page = textOf((await printed(withYear({ subjects: (sample.years[0]?.subjects ?? []).toReversed() }))).pdf, 4);
    const rows = ['Toán', 'Lịch sử và Địa lí', 'Khoa học tự nhiên', 'Tin học', 'Ngữ văn', 'Ngoại ngữ 1', 'Giáo dục công dân', 'Công nghệ', 'Giáo dục thể chất', 'Nghệ thuật', 'Ngoại ngữ 2', 'Nội dung giáo dục', 'Hoạt động trải'];
    const places = rows.map((row) => page.search(new RegExp(`^\\s*${row}`, 'mu')));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(page).toMatch(/Toán\s+8,2\s+8,8\s+8,6/u);
    expect(page).toMatch(/Giáo dục thể chất\s+Đạt\s+Đạt\s+Đạt/u);
    expect(page).not.toContain('8.6');
  });

  it('keeps ten, nought and a whole mark as the form writes them, and says exempt', async () => {
    const sample = sampleTranscript();
    const marks = [[100, 0, 70], ['exempt', 'exempt', 'exempt'], ['CD', 'CD', 'CD']] as const;
    const subjects = (sample.years[0]?.subjects ?? []).slice(0, 3).map((subject, i) => {
      const [term1, term2, year] = marks[i] ?? marks[0];
      return { ...subject, term1, term2, year };
    });
    const text = textOf((await printed(withYear({ subjects }))).pdf, 4);
    expect(text).toMatch(/10,0\s+0,0\s+7,0/u);
    expect(text).toMatch(/Miễn\s+Miễn\s+Miễn/u);
    expect(text).toMatch(/Chưa\s+Chưa\s+Chưa/u);
  });

  it('prints a subject the form does not know after its rows, and a minority language only where it is taught', async () => {
    const [year] = sampleTranscript().years;
    const subjects = year?.subjects ?? [];
    const [first] = subjects;
    if (first === undefined) throw new Error('the sample has no subject');
    const extra = { ...first, code: 'XYZ', name: 'Robot và tự động hoá' };
    const language = { ...first, code: 'TDT', name: 'Tiếng dân tộc thiểu số (Ê Đê)' };
    expect(textOf((await printed(withYear({ subjects }))).pdf, 4)).not.toContain('Tiếng dân tộc');
    const text = textOf((await printed(withYear({ subjects: [extra, language, ...subjects] }))).pdf, 4);
    expect(text.indexOf('Hoạt động trải')).toBeLessThan(text.indexOf('Tiếng dân tộc'));
    expect(text.indexOf('Tiếng dân tộc')).toBeLessThan(text.indexOf('Robot và tự'));
  });

  it('writes the line of the outcome, and the completed programme for the last grade', async () => {
    const promoted = await wordsOf(withYear({ grade: 7, promotion: 'promoted', completion: null }), 5);
    expect(promoted).toMatch(/- Được lên lớp: Lên\s?lớp\s?8/u);
    expect(promoted).not.toContain('Xác nhận học sinh đã hoàn thành');
    expect(await wordsOf(withYear({ grade: 7, promotion: 'promotedAfterSummer', completion: null }), 5)).toMatch(/trong kì nghỉ hè: Lên\s?lớp\s?8/u);
    expect(await wordsOf(withYear({ grade: 7, promotion: 'repeat', completion: null }), 5)).toMatch(/- Không được lên lớp: Ở\s?lại\s?lớp\s?7/u);
    const last = await wordsOf(sampleTranscript(), 5);
    expect(last).toContain('chương trình trung học cơ sở: Hoàn thành');
    expect(last).toContain('Xác nhận học sinh đã hoàn thành');
    expect(last).not.toMatch(/Lên\s?lớp\s?10/u);
  });

  it('does not confirm completion in a year that still had a diploma', async () => {
    expect(await wordsOf(withYear({ year: '2024-2025' }), 5)).not.toContain('Xác nhận học sinh đã hoàn thành');
  });

  it('has a deputy sign for the principal', async () => {
    expect(await wordsOf(withYear({ principal: { name: 'Phan Đình Hữu', position: 'deputy' } }), 5)).toContain('KT. HIỆU TRƯỞNG PHÓ HIỆU TRƯỞNG');
  });

  it('names the district only on a book made before districts ended', async () => {
    const sample = sampleTranscript();
    const madeOn = (date: string): TranscriptDocument => ({ ...sample, issue: { ...sample.issue, date } });
    expect(textOf((await printed(madeOn('2025-06-30'))).pdf, 1)).toContain('Huyện Hoài Đức');
    expect(textOf((await printed(madeOn('2025-07-01'))).pdf, 1)).not.toContain('Huyện');
  });

  it('keeps a birth date as exact as it is known', async () => {
    const sample = sampleTranscript();
    const born = async (birth: string | null): Promise<string> => textOf((await printed({ ...sample, pupil: { ...sample.pupil, birth } })).pdf, 3);
    expect(await born('2011')).toMatch(/Ngày sinh: 2011\s/u);
    expect(await born('2011-03')).toMatch(/Ngày sinh: 03\/2011\s/u);
    expect(await born(null)).toMatch(/Ngày sinh:\s+Nơi sinh/u);
  });
});

describe('the places to sign', () => {
  it('are three, on the newest results page, empty of print', async () => {
    const worst = worstTranscript();
    for (const data of [sampleTranscript(), sampleTranscript('transcript-thpt-tt22'), worst]) {
      const { pdf, pages, anchors } = await printed(data);
      expect(anchors.map((anchor) => anchor.name)).toEqual(['homeroom', 'principal', 'seal']);
      const words = placedWords(pdf);
      for (const anchor of anchors) expect(anchor.page).toBe(pages - 1);
      for (const { page, rect: [x1, y1, x2, y2] } of anchors) {
        const sheet = words[page - 1];
        if (sheet === undefined) throw new Error(`no page ${page}`);
        const inside = sheet.words.filter((w) => w.xMax > x1 && w.xMin < x2 && w.yMax > sheet.height - y2 && w.yMin < sheet.height - y1);
        expect(inside.map((w) => w.text)).toEqual([]);
      }
    }
  });

  it('put a seal of 36 mm over the left third of the principal’s signature', async () => {
    const { anchors } = await printed(sampleTranscript());
    const [p1, pBottom, p2, pTop] = anchorNamed(anchors, 'principal').rect;
    const [s1, sBottom, s2, sTop] = anchorNamed(anchors, 'seal').rect;
    const seal = (36 * 72) / 25.4;
    expect(s2 - s1).toBeCloseTo(seal, 1);
    expect(sTop - sBottom).toBeCloseTo(seal, 1);
    expect(s1).toBeLessThan(p1);
    expect((s2 - p1) / (p2 - p1)).toBeCloseTo(1 / 3, 2);
    expect((sTop + sBottom) / 2).toBeCloseTo((pTop + pBottom) / 2, 0);
  });

  it('become the empty signature fields of the PDF', async () => {
    const { pdf, pages, template } = await printTranscript(printer, sampleTranscript(), printedAt);
    expect({ pages, template }).toEqual({ pages: 6, template: 'transcript-thcs-tt22' });
    expect(inspect('qpdf', pdf, ['--check'])).toContain('No syntax or stream encoding errors found');
    const fields = JSON.parse(inspect('qpdf', pdf, ['--json', '--json-key=acroform'])) as { acroform: { fields: { fullname: string; fieldtype: string; pageposfrom1: number; alternativename: string; value: string }[] } };
    expect(fields.acroform.fields.map(({ fullname, fieldtype, pageposfrom1, alternativename, value }) => ({ fullname, fieldtype, pageposfrom1, alternativename, value }))).toEqual([
      { fullname: 'homeroom', fieldtype: '/Sig', pageposfrom1: 5, alternativename: 'Chữ ký của giáo viên chủ nhiệm', value: null },
      { fullname: 'principal', fieldtype: '/Sig', pageposfrom1: 5, alternativename: 'Chữ ký của Hiệu trưởng', value: null },
      { fullname: 'seal', fieldtype: '/Sig', pageposfrom1: 5, alternativename: 'Con dấu của nhà trường', value: null },
    ]);
    const again = await printTranscript(printer, sampleTranscript(), printedAt);
    expect(Buffer.from(again.pdf).equals(pdf)).toBe(true);
  });

  it('are not asked for where there is no school year', async () => {
    const thrown: unknown = await printTranscript(printer, { ...sampleTranscript(), years: [] }, printedAt).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(AppError);
    expect((thrown as AppError).code).toBe('print.emptyTranscript');
  });
});

describe('nothing runs off a page or over another line', () => {
  it('in the samples of both levels', async () => {
    for (const template of ['transcript-thcs-tt22', 'transcript-thpt-tt22'] as const) {
      expect(overflows((await printed(sampleTranscript(template))).pdf, bookMargin)).toEqual([]);
    }
  });

  it('with the longest names and comments, four years, every line filled: and every word is there', async () => {
    const worst = worstTranscript();
    const { pdf } = await printed(worst);
    expect(overflows(pdf, bookMargin)).toEqual([]);
    const text = inspect('pdftotext', pdf, [], ['-']).replaceAll(/\s+/gu, ' ');
    const comment = worst.years[0]?.subjects[0]?.comment ?? '';
    const occurrences = text.split(comment.slice(0, 40)).length - 1;
    // 13 subjects, and eight more passages made of the same words, in each of four years; one reason on the back page.
    expect(occurrences).toBe(4 * (13 + 7) + 1);
  });

  it('with texts longer than a page: they go on over the page, and the places to sign stay on paper', async () => {
    const endless = 'Cần đọc kĩ yêu cầu của đề và kiểm tra lại kết quả trước khi nộp bài. '.repeat(80);
    const [year] = sampleTranscript().years;
    const subjects = (year?.subjects ?? []).map((subject, i) => (i === 0 ? { ...subject, comment: endless } : subject));
    const { pdf, pages, anchors } = await printed(withYear({ subjects, homeroomComment: endless, approval: endless, summerTraining: endless }));
    expect(overflows(pdf, bookMargin)).toEqual([]);
    for (const { page, rect: [x1, y1, x2, y2] } of anchors) {
      expect(page).toBeLessThanOrEqual(pages);
      expect([x1 > 0, y1 > 0, x2 < 595, y2 < 842]).toEqual([true, true, true, true]);
    }
  });

  it('in an empty form: every official row, and dots to write on', async () => {
    const sample = sampleTranscript();
    const none = { conduct: null, learning: null };
    const empty: TranscriptDocument = {
      ...sample,
      pupil: { ...sample.pupil, gender: null, birth: null, birthPlace: '', ethnicity: '', policyGroup: '', address: '', father: null, mother: null, guardian: null, registerNumber: '' },
      issue: { place: '', date: null, principal: null },
      history: [],
      years: sample.years.map((year) => ({
        ...year, subjects: [], corrections: null, homeroom: '', principal: null, results: { term1: none, term2: none, year: none }, absences: null, afterSummer: none,
        promotion: null, completion: null, contests: '', homeroomComment: '', place: '', date: null,
      })),
    };
    const { pdf, pages } = await printed(empty);
    expect(pages).toBe(6);
    expect(overflows(pdf, bookMargin)).toEqual([]);
    expect(textOf(pdf, 4)).toMatch(/Toán.*Hoạt động trải/su);
    expect(textOf(pdf, 5)).toContain('ngày …… tháng …… năm 20……');
  });

  it('with one-line comments as teachers write them, a year stays on its two pages', async () => {
    const comment = 'Có tiến bộ rõ rệt, tích cực xây dựng bài; cần cẩn thận hơn khi tính toán và trình bày sạch đẹp hơn, chú ý ôn tập phần hình học ở nhà.';
    const [year] = sampleTranscript().years;
    const { pages } = await printed(withYear({ subjects: (year?.subjects ?? []).map((subject) => ({ ...subject, comment })) }));
    expect(pages).toBe(6);
  });
});

describe('the form for a level and a school year', () => {
  it('is that of Thông tư 22/2021 from the year it reached the grade', () => {
    expect(transcriptTemplateFor('thcs', '2025-2026')).toBe('transcript-thcs-tt22');
    expect(transcriptTemplateFor('thpt', '2025-2026')).toBe('transcript-thpt-tt22');
    expect(transcriptTemplateFor('thcs', '2021-2022', 6)).toBe('transcript-thcs-tt22');
    expect(transcriptTemplateFor('thpt', '2024-2025', 12)).toBe('transcript-thpt-tt22');
  });

  it('is refused before that, in a year when not every grade had it, and for a grade of another level', () => {
    expect(refused('thcs', '2021-2022', 7)).toBe('print.noTemplate');
    expect(refused('thpt', '2023-2024', 12)).toBe('print.noTemplate');
    expect(refused('thcs', '2020-2021')).toBe('print.noTemplate');
    expect(refused('thcs', '2023-2024')).toBe('print.noTemplate');
    expect(refused('thcs', '2025-2026', 10)).toBe('print.noTemplate');
  });
});
