import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { AppError, toFailure } from '../../main/kit/errors.ts';
import { createPrinter } from '../../main/kit/print/typst-printer.ts';
import { resourcePath } from '../../main/kit/resources.ts';
import { inspect, overflows, printedAt, sampleTranscript, temporaryFolder, textOf } from './print-fixture.ts';

const printer = createPrinter();
afterAll(() => printer.close());

/** Every letter of the Vietnamese alphabet with every tone, both cases. */
const vietnameseLetters = Array.from('aăâbcdđeêghiklmnoôơpqrstuưvxy').flatMap((letter) => {
  const tones = 'aăâeêioôơuưy'.includes(letter) ? ['', '\u0300', '\u0301', '\u0303', '\u0309', '\u0323'] : [''];
  return tones.flatMap((tone) => [(letter + tone).normalize('NFC'), (letter + tone).normalize('NFC').toUpperCase()]);
});

function list(cell: string) {
  return {
    school: null, motto: false, title: 'Danh sách thử', subtitle: [], landscape: false, columns: [{ title: 'Họ và tên', align: 'left' }], rows: [[cell]],
    notes: [], place: '', date: null, signatures: [],
  };
}

async function failureOf(work: Promise<unknown>): Promise<AppError> {
  const thrown: unknown = await work.then(() => undefined, (error: unknown) => error);
  expect(thrown).toBeInstanceOf(AppError);
  return thrown as AppError;
}

/** A templates folder with the shared parts and one template of the test's own. */
function templatesWith(name: string, source: string): string {
  const folder = temporaryFolder();
  cpSync(resourcePath('templates', 'shared'), join(folder, 'shared'), { recursive: true });
  mkdirSync(join(folder, name));
  writeFileSync(join(folder, name, 'page.typ'), source);
  return folder;
}

describe('a printed paper', () => {
  it('is a sound PDF/A-2b with every font embedded, and only the print font', async () => {
    const { pdf } = await printer.print({ template: 'transcript-thcs-tt22', data: sampleTranscript(), timestamp: printedAt });
    expect(inspect('qpdf', pdf, ['--check'])).toContain('No syntax or stream encoding errors found');
    expect(inspect('pdfinfo', pdf, ['-meta'])).toMatch(/<pdfaid:part>2<.*<pdfaid:conformance>B</su);
    const fonts = inspect('pdffonts', pdf).trim().split('\n').slice(2);
    expect(fonts.length).toBeGreaterThan(0);
    for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+Tinos\S*\s.*\s(yes)\s+yes\s+yes\s+\d+\s+\d+\s*$/u);
  });

  it('carries every Vietnamese letter, also when the text came decomposed as macOS and some sites write it', async () => {
    expect(vietnameseLetters).toHaveLength(2 * (12 * 6 + 17));
    // In syllables: pdftotext takes single letters in a row for one spaced-out word.
    const syllables = vietnameseLetters.map((letter) => `${letter}nh`);
    for (const form of ['NFC', 'NFD'] as const) {
      const { pdf } = await printer.print({ template: 'list', data: list(syllables.join(' ').normalize(form)), timestamp: printedAt });
      const words = new Set(textOf(pdf).split(/\s+/u));
      expect(syllables.filter((syllable) => !words.has(syllable))).toEqual([]);
    }
  });

  it('has the same bytes for the same order, from any printer, and other bytes at another time', async () => {
    const order = { template: 'transcript-thcs-tt22', data: sampleTranscript(), timestamp: printedAt };
    const [first, second] = [await printer.print(order), await printer.print(order)];
    const other = createPrinter();
    const third = await other.print(order);
    await other.close();
    expect(Buffer.from(second.pdf).equals(first.pdf)).toBe(true);
    expect(Buffer.from(third.pdf).equals(first.pdf)).toBe(true);
    const later = await printer.print({ ...order, timestamp: new Date('2026-06-01T00:00:00Z') });
    expect(Buffer.from(later.pdf).equals(first.pdf)).toBe(false);
  });

  it('shows text pasted from Word as it is meant: no invisible characters, line ends as line ends', async () => {
    const { pdf } = await printer.print({ template: 'list', data: list('Nguyễn\u200B Văn\u00AD An\u000BThôn\u00A0Đình\u2028Xã Hoài Đức\uFEFF'), timestamp: printedAt });
    expect(textOf(pdf)).toMatch(/^\s*Nguyễn Văn An\s*$.*^\s*Thôn Đình\s*$.*^\s*Xã Hoài Đức\s*$/msu);
  });

  it('tells where the named boxes are, in points from the bottom left of their page', async () => {
    const templatesFolder = templatesWith('boxes', `#import "/shared/paper.typ": *
      #show: paper.with("Thử", margin: 20mm)
      Trang một #pagebreak() #place(top + left, dx: 10mm, dy: 30mm, anchor("homeroom", 40mm, 15mm, "Chữ ký"))`);
    const own = createPrinter({ templatesFolder });
    const { pages, anchors } = await own.print({ template: 'boxes', data: {}, timestamp: printedAt });
    await own.close();
    const mm = 72 / 25.4;
    expect(pages).toBe(2);
    expect(anchors).toHaveLength(1);
    expect(anchors[0]).toMatchObject({ name: 'homeroom', page: 2, tooltip: 'Chữ ký' });
    const expected = [30 * mm, (297 - 50 - 15) * mm, 70 * mm, (297 - 50) * mm];
    for (const [i, value] of (anchors[0]?.rect ?? []).entries()) expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 1);
  });
});

it('the check for overflowing pages sees words over each other and words in the margin', async () => {
  const templatesFolder = templatesWith('crowded', `#import "/shared/paper.typ": *
    #show: paper.with("Thử", margin: 20mm)
    #place(dx: 40mm, dy: 40mm)[Nguyễn] #place(dx: 45mm, dy: 41mm)[Hạnh] #place(dx: 165mm, dy: 80mm)[Phước] #place(dx: 40mm, dy: 60mm)[Lành]`);
  const own = createPrinter({ templatesFolder });
  const { pdf } = await own.print({ template: 'crowded', data: {}, timestamp: printedAt });
  await own.close();
  expect(overflows(pdf, { x: 20, y: 20 })).toEqual(['page 1: "Nguyễn" over "Hạnh"', 'page 1: "Phước" outside the margins']);
});

describe('what cannot be printed is refused by name', () => {
  it('a character the font lacks: which one, in which text, at which place', async () => {
    const data = sampleTranscript();
    const subject = data.years[0]?.subjects[2];
    if (subject !== undefined) subject.comment = 'Chăm chỉ, được tặng hoa 🌸 cuối năm';
    const error = await failureOf(printer.print({ template: 'transcript-thcs-tt22', data, timestamp: printedAt }));
    expect(error.code).toBe('print.missingGlyph');
    expect(error.params).toMatchObject({ character: '🌸', codePoint: 'U+1F338', place: 'years[0].subjects[2].comment' });
    expect(toFailure(error).what).toContain('Chăm chỉ, được tặng hoa 🌸 cuối năm');
  });

  it('a letter and mark that exist only apart, which the font would set side by side', async () => {
    const error = await failureOf(printer.print({ template: 'list', data: list('Y B\u0306luh'), timestamp: printedAt }));
    expect(error.code).toBe('print.missingGlyph');
    expect(error.params).toMatchObject({ character: 'B\u0306', codePoint: 'U+0306', place: 'rows[0][0]' });
  });

  it('a value that is neither text nor number', async () => {
    for (const cell of [Number.NaN, new Map(), 10n, () => 'x']) {
      const error = await failureOf(printer.print({ template: 'list', data: { ...list(''), rows: [[cell]] }, timestamp: printedAt }));
      expect(error.code).toBe('print.unprintableValue');
    }
  });

  it('a fault in the template: file, line and column, and the printer goes on', async () => {
    const templatesFolder = templatesWith('broken', '#let data = json("/data.json")\n#let wrong(it) = it.missing\nTên: #wrong(data)\n');
    const own = createPrinter({ templatesFolder });
    const error = await failureOf(own.print({ template: 'broken', data: { name: 'An' }, timestamp: printedAt }));
    expect(error.code).toBe('print.templateFault');
    expect(error.params['place']).toContain('broken/page.typ:2:');
    expect(error.params['place']).toContain('broken/page.typ:3:');
    expect(error.params['detail']).toContain('missing');
    const good = await own.print({ template: 'broken', data: { missing: 'An' }, timestamp: printedAt });
    await own.close();
    expect(good.pages).toBe(1);
  });

  it('a template that is not there, or a path instead of a name', async () => {
    for (const template of ['transcript-xyz', '../templates/list', 'shared', '']) {
      expect((await failureOf(printer.print({ template, data: {}, timestamp: printedAt }))).code).toBe('print.unknownTemplate');
    }
  });

  it('a paper that takes longer than the limit', async () => {
    const hurried = createPrinter({ limitMs: 1 });
    const error = await failureOf(hurried.print({ template: 'transcript-thcs-tt22', data: sampleTranscript(), timestamp: printedAt }));
    await hurried.close();
    expect(error.code).toBe('print.tooSlow');
  });

  it('orders still waiting when the printer is closed, and every order after', async () => {
    const own = createPrinter();
    const orders = [1, 2, 3].map(() => failureOf(own.print({ template: 'list', data: list('An'), timestamp: printedAt })));
    await own.close();
    expect((await Promise.all(orders)).map((error) => error.code)).toEqual(['print.stopped', 'print.stopped', 'print.stopped']);
    expect((await failureOf(own.print({ template: 'list', data: list('An'), timestamp: printedAt }))).code).toBe('print.stopped');
  });

  it('every refusal has its three texts', async () => {
    for (const code of ['missingGlyph', 'unprintableValue', 'unknownTemplate', 'templateFault', 'tooSlow', 'stopped', 'noTemplate', 'emptyTranscript', 'missingAnchor', 'resourceMissing']) {
      const failure = toFailure(new AppError(`print.${code}`));
      expect(failure.heading).not.toBe(`errors.print.${code}.heading`);
      expect(failure.what).not.toContain('errors.');
      expect(failure.remedy).not.toContain('errors.');
    }
  });
});

describe('a batch', () => {
  it('prints a hundred papers one after the other without growing', async () => {
    const data = sampleTranscript();
    const pupil = data.pupil.name;
    const sizes: number[] = [];
    for (let i = 0; i < 100; i++) {
      const { pages } = await printer.print({ template: 'transcript-thcs-tt22', data: { ...data, pupil: { ...data.pupil, name: `${pupil} ${i}` } }, timestamp: printedAt });
      expect(pages).toBe(6);
      if (i === 29 || i === 99) sizes.push(process.memoryUsage().rss);
    }
    const [early = 0, late = 0] = sizes;
    // Layouts that are never forgotten cost about 7 MB a paper: 500 MB here.
    expect(late - early).toBeLessThan(80_000_000);
  });

  it('gives each order its own paper when many are placed at once', async () => {
    const names = Array.from({ length: 20 }, (_, i) => `Trần Thị Ngọc Ánh số ${i}.`);
    const papers = await Promise.all(names.map((name) => printer.print({ template: 'list', data: list(name), timestamp: printedAt })));
    for (const [i, { pdf }] of papers.entries()) expect(textOf(pdf)).toContain(names[i]);
  });

  it('goes on after one paper of it is refused', async () => {
    const results = await Promise.allSettled(['An', 'Bình 🌸', 'Chi'].map((name) => printer.print({ template: 'list', data: list(name), timestamp: printedAt })));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  });
});
