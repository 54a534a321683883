import { expect, test } from 'vitest';
import { buildStamp } from '../../main/kit/pdf/signature-stamp.ts';
import { runTool, withTempFile } from './outside-tools.ts';
import { SAMPLE_SEAL } from './sample-papers.ts';

const LINES = ['Ký bởi: Nguyễn Thị Hồng Hạnh', 'Chức vụ: Hiệu trưởng', 'Đơn vị: Trường Trung học cơ sở Suối Ngọc', 'Thời gian ký: 2026-11-22T16:35:38+07:00'];
const LONG = 'Đơn vị: Trường Phổ thông Dân tộc Nội trú Trung học cơ sở và Trung học phổ thông Nguyễn Thị Minh Khai';
/** 60 × 24 mm, the principal's place on the học bạ. */
const box = { kind: 'signature', width: 170, height: 68 } as const;

interface Word { text: string; xMin: number; yMin: number; xMax: number; yMax: number }

/** The words of a stamp with their boxes, points from the top left. */
async function wordsOf(pdf: Uint8Array): Promise<Word[]> {
  const { output } = await withTempFile(pdf, (file) => runTool('pdftotext', ['-bbox', file, '-']));
  return output.matchAll(/<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" yMax="([\d.-]+)">(.*?)<\/word>/gu)
    .map(([, xMin, yMin, xMax, yMax, text = '']) => ({ text, xMin: Number(xMin), yMin: Number(yMin), xMax: Number(xMax), yMax: Number(yMax) })).toArray();
}

/** Where the handwriting stands: left edge, lower edge, width, height. */
async function handOf(pdf: Uint8Array): Promise<number[]> {
  const { output } = await withTempFile(pdf, (file) => runTool('qpdf', ['--qdf', '--object-streams=disable', file, '-']));
  const [, x = 0, y = 0] = /1 0 0 1 ([\d.]+) ([\d.]+) cm/u.exec(output)?.map(Number) ?? [];
  const [, width = 0, height = 0] = [...output.matchAll(/([\d.]+) 0 0 ([\d.]+) 0 0 cm/gu)].find(([, wide]) => wide !== '1')?.map(Number) ?? [];
  return [x, y, width, height];
}

test('the lines of a stamp under the seal keep clear of it, and a third of the handwriting lies under it', async () => {
  const { pdf } = await buildStamp({ ...box, lines: LINES, image: SAMPLE_SEAL, underSeal: true });
  const words = await wordsOf(pdf);
  expect(words.map(({ text }) => text).join(' ')).toBe(LINES.join(' '));
  for (const word of words) expect(word.xMin, word.text).toBeGreaterThanOrEqual(170 / 3);
  const [left = 0, , width = 0] = await handOf(pdf);
  expect((170 / 3 - left) / width).toBeCloseTo(1 / 3, 2);
});

test('a stamp without a seal stands in the middle, the handwriting above the lines', async () => {
  const { pdf } = await buildStamp({ ...box, lines: LINES, image: SAMPLE_SEAL });
  const words = await wordsOf(pdf);
  expect((Math.min(...words.map(({ xMin }) => xMin)) + Math.max(...words.map(({ xMax }) => xMax))) / 2).toBeCloseTo(85, 0);
  const [left = 0, bottom = 0, width = 0] = await handOf(pdf);
  expect(left + width / 2).toBeCloseTo(85, 0);
  // A word's box reaches a little above its letters.
  expect(68 - bottom).toBeLessThanOrEqual(Math.min(...words.map(({ yMin }) => yMin)) + 2);
});

test('a school’s long name is broken, not cut off', async () => {
  for (const image of [{}, { image: SAMPLE_SEAL }]) {
    const { pdf } = await buildStamp({ ...box, lines: [...LINES.slice(0, 2), LONG], underSeal: true, ...image });
    const words = await wordsOf(pdf);
    expect(words.map(({ text }) => text).join(' ')).toContain(LONG);
    for (const word of words) expect([word.xMin >= 170 / 3, word.xMax <= 170, word.yMin >= 0, word.yMax <= 68], word.text).toEqual([true, true, true, true]);
  }
});
