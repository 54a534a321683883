import type { PdfValue } from './pdf-objects.ts';

/** Serialises one value in the latin-1 form used in files. Streams are written by {@link PdfAppender}, never inside another value. */
export function writePdfValue(value: PdfValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (typeof value === 'number') return writeNumber(value);
  switch (value.kind) {
    case 'name':
      return `/${writeName(value.name)}`;
    case 'ref':
      return `${value.num} ${value.gen} R`;
    case 'string':
      return value.hex ? `<${Buffer.from(value.bytes).toString('hex')}>` : writeLiteral(value.bytes);
    case 'array':
      return `[${value.items.map(writePdfValue).join(' ')}]`;
    case 'dict':
      return `<< ${[...value.entries].map(([key, entry]) => `/${writeName(key)} ${writePdfValue(entry)}`).join(' ')} >>`;
    case 'stream':
    default:
      throw new TypeError('a stream is always an indirect object');
  }
}

function writeNumber(value: number): string {
  const plain = String(value);
  return plain.includes('e') ? value.toFixed(10) : plain;
}

function writeName(name: string): string {
  return name.replaceAll(/[^!-~]|[#()<>[\]{}/%]/g, (char) => `#${char.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

function writeLiteral(bytes: Uint8Array): string {
  const body = Buffer.from(bytes)
    .toString('latin1')
    .replaceAll(/[\\()]/g, String.raw`\$&`)
    .replaceAll('\r', String.raw`\r`);
  return `(${body})`;
}
