/**
 * Reading which characters a TrueType font can draw (OpenType `cmap` table, formats 4 and 12).
 * A font that lacks a letter leaves a box or nothing on paper: that must be known before printing, not after.
 */

/** The Unicode code points a font has a glyph for. Throws a plain Error for bytes that are not a TrueType font with a Unicode map. */
export function codePointsOf(font: Uint8Array): Set<number> {
  const view = new DataView(font.buffer, font.byteOffset, font.byteLength);
  const cmap = tableOffset(view, 'cmap');
  if (cmap === undefined) throw new Error('the font has no cmap table');
  const points = new Set<number>();
  let maps = 0;
  for (let i = 0; i < view.getUint16(cmap + 2); i++) {
    const platform = view.getUint16(cmap + 4 + i * 8);
    const encoding = view.getUint16(cmap + 6 + i * 8);
    const isUnicode = platform === 0 || (platform === 3 && (encoding === 1 || encoding === 10));
    if (!isUnicode) continue;
    const subtable = cmap + view.getUint32(cmap + 8 + i * 8);
    const format = view.getUint16(subtable);
    if (format === 4) addFormat4(view, subtable, points);
    else if (format === 12) addFormat12(view, subtable, points);
    else continue;
    maps++;
  }
  if (maps === 0) throw new Error('the font has no Unicode character map of format 4 or 12');
  return points;
}

function tableOffset(view: DataView, tag: string): number | undefined {
  for (let i = 0; i < view.getUint16(4); i++) {
    const record = 12 + i * 16;
    const name = String.fromCharCode(...[0, 1, 2, 3].map((n) => view.getUint8(record + n)));
    if (name === tag) return view.getUint32(record + 8);
  }
  return undefined;
}

function addFormat4(view: DataView, subtable: number, points: Set<number>): void {
  const doubled = view.getUint16(subtable + 6);
  const ends = subtable + 14;
  const starts = ends + doubled + 2;
  const deltas = starts + doubled;
  const offsets = deltas + doubled;
  for (let s = 0; s < doubled; s += 2) {
    const start = view.getUint16(starts + s);
    const end = view.getUint16(ends + s);
    const rangeOffset = view.getUint16(offsets + s);
    for (let point = start; point <= end && point !== 0xffff; point++) {
      let glyph = point;
      if (rangeOffset !== 0) {
        glyph = view.getUint16(offsets + s + rangeOffset + (point - start) * 2);
        if (glyph === 0) continue;
      }
      if (((glyph + view.getUint16(deltas + s)) & 0xffff) !== 0) points.add(point);
    }
  }
}

function addFormat12(view: DataView, subtable: number, points: Set<number>): void {
  const groups = view.getUint32(subtable + 12);
  for (let g = 0; g < groups; g++) {
    const group = subtable + 16 + g * 12;
    const start = view.getUint32(group);
    const firstGlyph = view.getUint32(group + 8);
    for (let point = start; point <= view.getUint32(group + 4); point++) {
      if (firstGlyph + point - start !== 0) points.add(point);
    }
  }
}
