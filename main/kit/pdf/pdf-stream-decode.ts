import { inflateSync } from 'node:zlib';
import type { PdfStream, PdfValue } from './pdf-objects.ts';
import { isKind, PdfSyntaxError } from './pdf-objects.ts';

/** More than any cross-reference or object stream of a school paper; a bomb stops here. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Undoes FlateDecode and its PNG predictors: all that cross-reference and object streams use. Other filters throw {@link PdfSyntaxError}. */
export function decodeStream(stream: PdfStream, resolve: (value: PdfValue | undefined) => PdfValue): Uint8Array {
  const filter = resolve(stream.dict.entries.get('Filter'));
  const filters = filter === null ? [] : isKind(filter, 'array') ? filter.items.map(resolve) : [filter];
  const stored = resolve(stream.dict.entries.get('DecodeParms'));
  const params = isKind(stored, 'array') ? stored.items.map(resolve) : [stored];
  let data = stream.raw;
  for (const [index, name] of filters.entries()) {
    if (!isKind(name, 'name') || name.name !== 'FlateDecode') throw new PdfSyntaxError('stream filter not understood', 0);
    try {
      data = inflateSync(data, { maxOutputLength: MAX_BYTES });
    } catch (cause) {
      throw new PdfSyntaxError(`broken compressed stream: ${cause instanceof Error ? cause.message : String(cause)}`, 0);
    }
    const parms = params[index];
    if (isKind(parms, 'dict')) {
      const number = (key: string, otherwise: number): number => {
        const value = resolve(parms.entries.get(key));
        return typeof value === 'number' ? value : otherwise;
      };
      const predictor = number('Predictor', 1);
      if (predictor >= 10) data = undoPngPredictor(data, number('Columns', 1) * Math.ceil((number('Colors', 1) * number('BitsPerComponent', 8)) / 8));
      else if (predictor !== 1) throw new PdfSyntaxError('TIFF predictor not understood', 0);
    }
  }
  return data;
}

/** Rows of `1 + width` bytes, each led by its filter type (RFC 2083, 6), for one-byte samples. */
function undoPngPredictor(data: Uint8Array, width: number): Uint8Array {
  const rows = Math.floor(data.length / (width + 1));
  const out = new Uint8Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const type = data[row * (width + 1)] ?? 0;
    if (type > 4) throw new PdfSyntaxError('unknown row filter', 0);
    for (let column = 0; column < width; column++) {
      const raw = data[row * (width + 1) + 1 + column] ?? 0;
      const left = column > 0 ? (out[row * width + column - 1] ?? 0) : 0;
      const up = row > 0 ? (out[(row - 1) * width + column] ?? 0) : 0;
      const corner = column > 0 && row > 0 ? (out[(row - 1) * width + column - 1] ?? 0) : 0;
      out[row * width + column] = raw + predicted(type, left, up, corner);
    }
  }
  return out;
}

function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 0) return 0;
  if (type === 1) return left;
  if (type === 2) return up;
  if (type === 3) return (left + up) >> 1;
  const estimate = left + up - corner;
  const byLeft = Math.abs(estimate - left);
  const byUp = Math.abs(estimate - up);
  const byCorner = Math.abs(estimate - corner);
  return byLeft <= byUp && byLeft <= byCorner ? left : byUp <= byCorner ? up : corner;
}
