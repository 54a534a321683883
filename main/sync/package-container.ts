/**
 * The ZIP around a package or a receipt. It is written here and not by a ZIP library for one reason: the signature covers the entries and not
 * the ZIP around them, so a container that allowed two byte forms of one package could be altered in transit and then stand in the way of the
 * true one as a "fork". Here every byte outside the entries follows from their names, sizes and CRC-32, and a reader demands exactly these bytes.
 * Layout: APPNOTE.TXT 4.3.7 (local header), 4.3.12 (central directory), 4.3.16 (end record); stored, no descriptors, no extra fields.
 */
export interface ContainerEntry {
  name: string;
  bytes: number;
  crc32: number;
}

export const localHeaderBytes = 30;
const largest = 0xffff_ffff;

export interface ContainerFrame {
  /** What precedes each entry. */
  heads: Buffer[];
  /** What follows the last. */
  tail: Buffer;
  /** The whole container with its entries. */
  totalBytes: number;
}

/** The bytes around the entries. @throws RangeError beyond 4 GiB, where the plain ZIP format ends */
export function containerFrame(entries: readonly ContainerEntry[]): ContainerFrame {
  const heads: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name, 'latin1');
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(10, 0);
    facts.writeUInt16LE(0x21, 8);
    facts.writeUInt32LE(entry.crc32, 10);
    facts.writeUInt32LE(checked(entry.bytes), 14);
    facts.writeUInt32LE(entry.bytes, 18);
    facts.writeUInt16LE(name.length, 22);
    heads.push(Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), facts, name]));
    const place = Buffer.alloc(14);
    place.writeUInt32LE((0o100644 << 16) >>> 0, 6);
    place.writeUInt32LE(checked(offset), 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x1e\x03', 'latin1'), facts, place, name]));
    offset += localHeaderBytes + name.length + entry.bytes;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(checked(offset), 16);
  const tail = Buffer.concat([central, end]);
  return { heads, tail, totalBytes: checked(offset + tail.length) };
}

/**
 * The size and CRC-32 a local header claims for the entry that must stand here, or null when it is not that entry.
 * The claim is settled by {@link containerFrame}: the caller compares whole frames once it has read the content.
 */
export function readLocalHeader(head: Buffer, name: string): ContainerEntry | null {
  if (head.length !== localHeaderBytes + name.length || head.toString('latin1', localHeaderBytes) !== name) return null;
  return { name, crc32: head.readUInt32LE(14), bytes: head.readUInt32LE(18) };
}

function checked(value: number): number {
  if (value > largest) throw new RangeError('beyond 4 GiB');
  return value;
}
