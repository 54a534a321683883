import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { resourcePath } from '../../main/kit/resources.ts';
import type { TranscriptDocument } from '../../main/transcripts/transcript-document.ts';

/** The moment of printing in the tests; papers carry the caller's time, never the clock's. */
export const printedAt = new Date('2026-05-28T01:30:00Z');

export type TranscriptTemplate = 'transcript-thcs-tt22' | 'transcript-thpt-tt22';

export function sampleTranscript(template: TranscriptTemplate = 'transcript-thcs-tt22'): TranscriptDocument {
  return JSON.parse(readFileSync(resourcePath('templates', template, 'sample.json'), 'utf8')) as TranscriptDocument;
}

/** A folder of its own, with Vietnamese letters and a space in its name, gone after the test. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'giấy in '));
  onTestFinished(() => { rmSync(folder, { recursive: true, force: true }); });
  return folder;
}

/** Output of a poppler or qpdf tool run over the PDF. A missing tool fails with the Debian package to install. */
export function inspect(tool: 'pdftotext' | 'pdffonts' | 'pdfinfo' | 'qpdf', pdf: Uint8Array, before: string[] = [], after: string[] = []): string {
  const file = join(temporaryFolder(), 'học bạ.pdf');
  writeFileSync(file, pdf);
  try {
    return execFileSync(tool, [...before, file, ...after], { encoding: 'utf8', maxBuffer: 1 << 28 });
  } catch (fault) {
    const missing = (fault as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing ? new Error(`this test needs ${tool}: apt-get install ${tool === 'qpdf' ? 'qpdf' : 'poppler-utils'}`, { cause: fault }) : fault;
  }
}

/** The text of the pages (all, or one counted from 1), in reading order. */
export function textOf(pdf: Uint8Array, page?: number): string {
  const range = page === undefined ? [] : ['-f', String(page), '-l', String(page)];
  return inspect('pdftotext', pdf, ['-layout', ...range], ['-']);
}

export interface PlacedWord { text: string; xMin: number; yMin: number; xMax: number; yMax: number }

/** Every word with its box in points from the top left, page by page. */
export function placedWords(pdf: Uint8Array): { width: number; height: number; words: PlacedWord[] }[] {
  const html = inspect('pdftotext', pdf, ['-bbox'], ['-']);
  return html.split('<page ').slice(1).map((page) => {
    const words = page.matchAll(/<word ([^>]+)>(.*?)<\/word>/gu).map(([, box = '', text = '']) => ({
      text, xMin: attribute('xMin', box), yMin: attribute('yMin', box), xMax: attribute('xMax', box), yMax: attribute('yMax', box),
    }));
    return { width: attribute('width', page), height: attribute('height', page), words: [...words] };
  });
}

/** The foot of a page stands in the margin by right. */
const pageNumber = /^(?:Trang|\d+(?:\/\d+)?)$/u;

function attribute(name: string, tag: string): number {
  return Number(new RegExp(`${name}="([\\d.-]+)"`, 'u').exec(tag)?.[1]);
}

/** Words printed outside the margins or over each other: what a reader would call overflowing. Empty when the pages are in order. */
export function overflows(pdf: Uint8Array, marginMm: { x: number; y: number }): string[] {
  const point = 72 / 25.4;
  const found: string[] = [];
  for (const [index, { width, height, words }] of placedWords(pdf).entries()) {
    for (const [i, word] of words.entries()) {
      if (pageNumber.test(word.text) && word.yMin > height - marginMm.y * point - 6) continue;
      const outside = word.xMin < marginMm.x * point - 0.5 || word.xMax > width - marginMm.x * point + 0.5
        || word.yMin < marginMm.y * point - 6 || word.yMax > height - marginMm.y * point + 6;
      if (outside) found.push(`page ${index + 1}: "${word.text}" outside the margins`);
      for (const other of words.slice(i + 1)) {
        if (covers(word, other)) found.push(`page ${index + 1}: "${word.text}" over "${other.text}"`);
      }
    }
  }
  return found;
}

/** Boxes include the room for accents above and tails below, which lines share: only the middle half of a line counts. */
function covers(a: PlacedWord, b: PlacedWord): boolean {
  const middle = ({ yMin, yMax }: PlacedWord): [number, number] => [yMin + (yMax - yMin) / 4, yMax - (yMax - yMin) / 4];
  const [aTop, aBottom] = middle(a);
  const [bTop, bBottom] = middle(b);
  return Math.min(a.xMax, b.xMax) - Math.max(a.xMin, b.xMin) > 0.5 && Math.min(aBottom, bBottom) - Math.max(aTop, bTop) > 0.2;
}
