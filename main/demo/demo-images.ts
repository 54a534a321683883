import { readFileSync } from 'node:fs';
import * as fontkit from 'fontkit';
import { resourcePath } from '../kit/resources.ts';
import { InkSheet, type Contour, type Point } from './ink-sheet.ts';
import { Random } from './random.ts';

/*
 * Pictures for the demo school's signatures, drawn and not photographed, so that nobody's real seal or hand is in the program.
 * Lengths in millimetres, y downwards. The same input gives the same picture on every machine.
 */

const SEAL_RED = [204, 13, 13] as const;
const INK_BLUE = [20, 44, 150] as const;
const SEAL_SIZE = 36;
const HAND_WIDTH = 46;
const HAND_HEIGHT = 13;

/** `radiusOf` gives the radius of each corner in turn: one length is a circle, two in turn a star. */
function round([x, y]: Point, corners: number, radiusOf: (corner: number) => number): Point[] {
  return Array.from({ length: corners }, (_, corner): Point => {
    const angle = (corner / corners) * 2 * Math.PI - Math.PI / 2;
    return [x + radiusOf(corner) * Math.cos(angle), y + radiusOf(corner) * Math.sin(angle)];
  });
}

function ring(centre: Point, outer: number, inner: number): Contour[] {
  return [round(centre, 360, () => outer), round(centre, 360, () => inner).toReversed()];
}

function star(centre: Point, radius: number): Contour[] {
  // The inner corners of a regular pentagram.
  return [round(centre, 10, (corner) => (corner % 2 === 0 ? radius : radius * 0.381_966))];
}

/** The part of fontkit's font that is used here; lengths in units of the font, y upwards. */
interface Font {
  unitsPerEm: number;
  layout(text: string): { advanceWidth: number; glyphs: { path: { commands: { command: string; args: number[] }[] } }[]; positions: { xAdvance: number }[] };
}

/** Outlines of a line of text, `size` mm to the em and never wider than `widest`; `place` puts a point of a letter whose middle is `along` mm from the line's middle. */
function letters(font: Font, line: string, size: number, widest: number, place: (along: number, point: Point) => Point): Contour[] {
  const { advanceWidth, glyphs, positions } = font.layout(line.normalize('NFC'));
  const scale = Math.min(size / font.unitsPerEm, widest / Math.max(1, advanceWidth));
  const outlines: Point[][] = [];
  let start = -advanceWidth / 2;
  for (const [index, { path }] of glyphs.entries()) {
    const advance = positions[index]?.xAdvance ?? 0;
    const middle = start + advance / 2;
    const put = (x: number, y: number): Point => place(middle * scale, [(x - advance / 2) * scale, -y * scale]);
    let pen: Point = [0, 0];
    for (const { command, args: [a = 0, b = 0, c = 0, d = 0] } of path.commands) {
      if (command === 'moveTo') outlines.push([]);
      if (command === 'moveTo' || command === 'lineTo') outlines.at(-1)?.push(put(a, b));
      // A TrueType outline has no other curve.
      if (command === 'quadraticCurveTo') {
        for (const t of [0.25, 0.5, 0.75, 1]) {
          const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
          outlines.at(-1)?.push(put(p * pen[0] + q * a + r * c, p * pen[1] + q * b + r * d));
        }
      }
      pen = command === 'quadraticCurveTo' ? [c, d] : [a, b];
    }
    start += advance;
  }
  return outlines;
}

/** A round red seal, 36 mm across at 300 dpi: the school's name around a star, and "MẪU" so that nobody takes it for a real one. */
export function demoSeal(schoolName: string): Uint8Array {
  const font = fontkit.create(readFileSync(resourcePath('fonts', '700Bold', 'Tinos_700Bold.ttf'))) as Font;
  const sheet = new InkSheet(SEAL_SIZE, SEAL_SIZE);
  const centre: Point = [SEAL_SIZE / 2, SEAL_SIZE / 2];
  sheet.ink(ring(centre, 17.6, 16.8));
  sheet.ink(ring(centre, 11.6, 11.25));
  const baseline = 12.9;
  // Five sixths of the circle at most, to leave room for the small star below.
  sheet.ink(letters(font, schoolName.toLocaleUpperCase('vi'), 3.5, baseline * 2 * Math.PI * (5 / 6), (along, [x, y]) => {
    const angle = along / baseline;
    return [centre[0] + (baseline - y) * Math.sin(angle) + x * Math.cos(angle), centre[1] - (baseline - y) * Math.cos(angle) + x * Math.sin(angle)];
  }));
  sheet.ink(star([centre[0], centre[1] + 14.2], 1.4));
  sheet.ink(star([centre[0], centre[1] - 3.4], 5.6));
  sheet.ink(letters(font, 'MẪU', 6, 18, (along, [x, y]) => [centre[0] + along + x, centre[1] + 8 + y]));
  return sheet.png(SEAL_RED);
}

/** What a blue pen leaves when someone signs: one stroke, its shape drawn from the name, thicker where the pen comes down. */
export function demoHandwriting(name: string): Uint8Array {
  const random = new Random(1, name.normalize('NFC'));
  const sheet = new InkSheet(HAND_WIDTH, HAND_HEIGHT);
  const stroke = smooth(penPoints(random));
  for (const [index, [x, y]] of stroke.entries()) {
    const [nextX, nextY] = stroke[index + 1] ?? [x, y];
    const down = (nextY - y) / Math.max(1e-6, Math.hypot(nextX - x, nextY - y));
    const lift = Math.min(1, (index + 1) / 20, (stroke.length - index) / 80);
    sheet.ink([round([x, y], 12, () => (0.2 + 0.1 * down) * (0.4 + 0.6 * lift))]);
  }
  return sheet.png(INK_BLUE);
}

/** Where the pen passes: a tall first letter, loops that grow smaller, and a stroke back under it all. */
function penPoints(random: Random): Point[] {
  const about = (value: number, spread: number): number => value + random.around(Math.round(spread * 10)) / 30;
  const tall: Point[] = [[about(3, 1), about(5, 1)], [about(6, 1), about(2.5, 1)], [about(8.5, 1), 1.2], [about(7.5, 1), about(5.5, 1)], [about(5, 1.5), 10],
    [about(3.2, 1), about(9, 0.6)], [about(6, 1), about(6.4, 0.8)], [8.5, 8.8]];
  const open: Point[] = [[about(8, 1), about(4, 1)], [about(8.5, 0.6), about(1.6, 0.6)], [about(5, 1), about(1.8, 0.6)], [about(2, 1), about(6.5, 1)], [about(3.4, 1), 10],
    [about(7, 1), about(8, 0.8)], [about(8, 0.6), about(5.4, 0.8)], [about(6.6, 0.4), about(5.6, 0.6)], [about(7, 0.6), about(8.2, 0.6)]];
  const points = random.chance(50) ? tall : open;
  const loops = random.between(4, 6);
  const heights = Array.from({ length: loops }, (_, loop) => about(random.chance(30) ? 3 : 1.6, 0.6) * (1 - (0.5 * loop) / loops));
  const advance = about(20, 2) / loops;
  for (let step = 1; step < loops * 10; step += 1) {
    const turn = step / 10;
    const angle = turn * 2 * Math.PI;
    const y = 9 - turn * 0.25 - (heights[Math.floor(turn)] ?? 1) * (1 - Math.cos(angle));
    points.push([8.5 + turn * advance + advance * 0.42 * Math.sin(angle) + (9 - y) * 0.4, y]);
  }
  const end = 9 + loops * advance;
  return [...points, [about(end + 6, 1), about(4, 0.6)], [about(end + 9, 1), about(5.6, 0.6)], [about(end + 2, 2), about(9.4, 0.4)], [about(17, 3), about(11, 0.4)], [about(14, 2), 12.1],
    [about(24, 3), about(11.3, 0.3)], [about(end + 11, 1), about(8.6, 0.6)]];
}

/** A curve through the points (Catmull and Rom 1974), 12 places to the millimetre, so that the pen leaves no gaps. */
function smooth(points: readonly Point[]): Point[] {
  return points.flatMap((from, index) => {
    const to = points[index + 1];
    if (to === undefined) return [];
    const before = points[index - 1] ?? from;
    const after = points[index + 2] ?? to;
    const steps = Math.ceil(Math.hypot(to[0] - from[0], to[1] - from[1]) * 12);
    return Array.from({ length: steps }, (_, step): Point => {
      const t = step / steps;
      const along = (a: number, b: number, c: number, d: number): number => b + (t / 2) * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)));
      return [along(before[0], from[0], to[0], after[0]), along(before[1], from[1], to[1], after[1])];
    });
  });
}
