import { crc32, inflateSync } from 'node:zlib';
import { PDFDocument } from '@cantoo/pdf-lib';
import { describe, expect, test } from 'vitest';
import { demoHandwriting, demoSeal } from '../../main/demo/demo-images.ts';

const SCHOOL = 'Trường Trung học cơ sở Suối Ngọc';
/** Each letter of the alphabet that carries two marks, and those with a mark below. */
const HARD_NAMES = ['Ẩm Ẫn Ẵng Ẳn Ậu Ặc Ễnh Ểu Ệ', 'Ỗ Ổi Ộ Ỡ Ởm Ợ Ữ Ửng Ự', 'Nguyễn Thị Ỷ Lan', 'Đặng Quý Đôn', 'Lò Thị Mỵ'];

interface Picture {
  width: number;
  height: number;
  chunks: string[];
  /** Red, green, blue, alpha. */
  at(x: number, y: number): number[];
  /** Share of the pixels of a rectangle that carry ink, 0–1. */
  inked(x1: number, y1: number, x2: number, y2: number): number;
}

/** Reads a PNG whose lines are not filtered, and checks every chunk's sum on the way. */
function decode(png: Uint8Array): Picture {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString('latin1')).toBe('\x89PNG\r\n\x1a\n');
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    expect(bytes.readUInt32BE(at + 8 + length)).toBe(crc32(bytes.subarray(at + 4, at + 8 + length)));
    chunks.set(bytes.toString('latin1', at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const header = chunks.get('IHDR') ?? Buffer.alloc(13);
  expect([...header.subarray(8)]).toEqual([8, 6, 0, 0, 0]);
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const pixels = inflateSync(chunks.get('IDAT') ?? Buffer.alloc(0));
  const stride = 1 + width * 4;
  expect(pixels).toHaveLength(stride * height);
  for (let row = 0; row < height; row += 1) expect(pixels[row * stride]).toBe(0);
  const at = (x: number, y: number): number[] => [...pixels.subarray(y * stride + 1 + x * 4, y * stride + 5 + x * 4)];
  const inked = (x1: number, y1: number, x2: number, y2: number): number => {
    let count = 0;
    for (let y = y1; y < y2; y += 1) for (let x = x1; x < x2; x += 1) if ((at(x, y)[3] ?? 0) > 127) count += 1;
    return count / ((x2 - x1) * (y2 - y1));
  };
  return { width, height, chunks: [...chunks.keys()], at, inked };
}

describe('the demo school’s seal', () => {
  test('is a red picture of 36 mm at 300 dpi on nothing', () => {
    const seal = decode(demoSeal(SCHOOL));
    expect(seal.chunks).toEqual(['IHDR', 'pHYs', 'IDAT', 'IEND']);
    expect([seal.width, seal.height]).toEqual([425, 425]);
    for (const [x, y] of [[0, 0], [424, 0], [0, 424], [424, 424]] as const) expect(seal.at(x, y)[3]).toBe(0);
    // The outer ring at the top, and the star in the upper half.
    expect(seal.at(212, 9)).toEqual([204, 13, 13, 255]);
    expect(seal.at(212, 170)).toEqual([204, 13, 13, 255]);
  });

  test('carries the school’s name around and the word for "sample" below the star', () => {
    const [named, unnamed] = [decode(demoSeal(SCHOOL)), decode(demoSeal(''))];
    // Between the rings, above the star: letters, or nothing.
    expect(named.inked(150, 25, 275, 70)).toBeGreaterThan(0.1);
    expect(unnamed.inked(150, 25, 275, 70)).toBe(0);
    for (const seal of [named, unnamed]) expect(seal.inked(140, 260, 285, 307)).toBeGreaterThan(0.2);
  });

  test('keeps a name of any length clear of the small star below', () => {
    const long = decode(demoSeal('Trường Phổ thông Dân tộc Nội trú Trung học cơ sở và Trung học phổ thông Nguyễn Thị Minh Khai'));
    expect(long.inked(170, 365, 192, 390)).toBe(0);
    expect(long.inked(233, 365, 255, 390)).toBe(0);
  });
});

describe('the demo people’s handwriting', () => {
  test('is a thin blue stroke on nothing, wider than high', () => {
    const hand = decode(demoHandwriting('Nguyễn Thị Hồng Hạnh'));
    expect([hand.width, hand.height]).toEqual([543, 154]);
    for (const [x, y] of [[0, 0], [542, 0], [0, 153], [542, 153]] as const) expect(hand.at(x, y)).toEqual([20, 44, 150, 0]);
    const share = hand.inked(0, 0, hand.width, hand.height);
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.2);
  });

  test('stays within its picture, whoever signs', () => {
    const names = Array.from({ length: 25 }, (_, index) => `Người ký thứ ${index + 1}`);
    for (const name of names) {
      const hand = decode(demoHandwriting(name));
      expect(hand.inked(0, 0, hand.width, 1) + hand.inked(0, hand.height - 1, hand.width, hand.height) + hand.inked(0, 0, 1, hand.height) + hand.inked(hand.width - 1, 0, hand.width, hand.height), name).toBe(0);
    }
  });
});

test('the same name gives the same bytes, however its accents are typed; another name another picture', () => {
  for (const draw of [demoSeal, demoHandwriting]) {
    const first = Buffer.from(draw('Đặng Thị Hạnh'));
    expect(first.equals(draw('Đặng Thị Hạnh'))).toBe(true);
    expect(first.equals(draw('Đặng Thị Hạnh'.normalize('NFD')))).toBe(true);
    expect(first.equals(draw('Đặng Thị Hành'))).toBe(false);
  }
});

test('names with every hard letter are drawn, and a PDF takes the pictures', async () => {
  const pdf = await PDFDocument.create();
  for (const name of [...HARD_NAMES, '']) {
    expect((await pdf.embedPng(demoSeal(name))).width).toBe(425);
    expect((await pdf.embedPng(demoHandwriting(name))).width).toBe(543);
  }
});
