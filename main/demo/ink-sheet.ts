import { crc32, deflateSync } from 'node:zlib';

/** In millimetres, y downwards. */
export type Point = readonly [x: number, y: number];
/** A closed outline. */
export type Contour = readonly Point[];

const PIXELS_PER_MM = 300 / 25.4;
/** Samples across one pixel, for smooth edges. */
const FINE = 3;

/** A transparent sheet that takes ink of one colour. Pure arithmetic: the same outlines give the same picture on every machine. */
export class InkSheet {
  private readonly columns: number;
  private readonly rows: number;
  private readonly inked: Uint8Array;

  constructor(width: number, height: number) {
    this.columns = Math.round(width * PIXELS_PER_MM);
    this.rows = Math.round(height * PIXELS_PER_MM);
    this.inked = new Uint8Array(this.columns * FINE * this.rows * FINE);
  }

  /** Inks what the outlines wind around (a hole is an outline the other way round), line of samples by line of samples. */
  ink(outlines: readonly Contour[]): void {
    const scale = PIXELS_PER_MM * FINE;
    const crossings = new Map<number, { x: number; turn: number }[]>();
    for (const outline of outlines) {
      for (const [index, [x1, y1]] of outline.entries()) {
        const [x2, y2] = outline[(index + 1) % outline.length] ?? [x1, y1];
        const last = Math.min(this.rows * FINE, Math.round(Math.max(y1, y2) * scale));
        for (let row = Math.max(0, Math.round(Math.min(y1, y2) * scale)); row < last; row += 1) {
          const x = x1 + ((x2 - x1) * ((row + 0.5) / scale - y1)) / (y2 - y1);
          const found = crossings.get(row) ?? [];
          found.push({ x: x * scale, turn: y2 > y1 ? 1 : -1 });
          crossings.set(row, found);
        }
      }
    }
    const width = this.columns * FINE;
    for (const [row, found] of crossings) {
      found.sort((a, b) => a.x - b.x);
      let winding = 0;
      for (const [index, { x, turn }] of found.entries()) {
        winding += turn;
        const end = Math.min(width, Math.round(found[index + 1]?.x ?? x));
        if (winding !== 0 && end > 0) this.inked.fill(1, row * width + Math.max(0, Math.round(x)), row * width + end);
      }
    }
  }

  /** PNG (ISO/IEC 15948), 8 bits RGBA; every pixel has the ink's colour and differs only in how much it covers. */
  png(color: readonly [number, number, number]): Uint8Array {
    const stride = 1 + this.columns * 4;
    const pixels = Buffer.alloc(stride * this.rows);
    for (let row = 0; row < this.rows; row += 1) {
      for (let column = 0; column < this.columns; column += 1) {
        const at = row * stride + 1 + column * 4;
        [pixels[at], pixels[at + 1], pixels[at + 2]] = color;
        pixels[at + 3] = Math.round((this.inkAt(row, column) * 255) / FINE ** 2);
      }
    }
    const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]);
    header.writeUInt32BE(this.columns, 0);
    header.writeUInt32BE(this.rows, 4);
    const resolution = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 1]);
    resolution.writeUInt32BE(Math.round(PIXELS_PER_MM * 1000), 0);
    resolution.writeUInt32BE(Math.round(PIXELS_PER_MM * 1000), 4);
    const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    return Buffer.concat([signature, chunk('IHDR', header), chunk('pHYs', resolution), chunk('IDAT', deflateSync(pixels, { level: 9 })), chunk('IEND', Buffer.alloc(0))]);
  }

  private inkAt(row: number, column: number): number {
    let count = 0;
    for (let down = 0; down < FINE; down += 1) {
      const start = (row * FINE + down) * this.columns * FINE + column * FINE;
      for (let right = 0; right < FINE; right += 1) count += this.inked[start + right] ?? 0;
    }
    return count;
  }
}

function chunk(type: string, data: Uint8Array): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(typed.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(typed, 4);
  framed.writeUInt32BE(crc32(typed), typed.length + 4);
  return framed;
}
