import { cleanName } from '../kit/names.ts';

/** With and without the kind of place in front: "tỉnh tuyên quang", "tuyên quang". */
function spellings(place: string): { whole: string; bare: string } {
  const whole = cleanName(place).toLowerCase();
  return { whole, bare: whole.replace(/^(?:xã|phường|đặc khu|thị trấn|tỉnh|thành phố|tp\.?)\s+/u, '') };
}

/** "Tỉnh Tuyên Quang" and "Tuyên Quang" are one place; "Tỉnh Tuyên Quang" and "Phường Tuyên Quang" are two. */
function isSame(one: string, other: string): boolean {
  const [a, b] = [spellings(one), spellings(other)];
  return a.whole === b.whole || a.whole === b.bare || a.bare === b.whole;
}

/** An address as the học bạ writes it. People often type commune and province into the address itself; these are then not said twice. */
export function fullAddress({ address, commune, province }: { address: string; commune: string; province: string }): string {
  const said = address.split(/[,–]|\s-\s/u);
  return [address, ...[commune, province].filter(part => !said.some(place => isSame(place, part)))].filter(part => part !== '').join(', ');
}
