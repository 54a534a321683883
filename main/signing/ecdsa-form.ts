import { derInteger, derSequence } from './asn1-der.ts';

/** PKCS#11 gives r‖s; CMS wants SEQUENCE { r, s } (RFC 5753, 7.2). */
export function ecdsaRawToDer(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2;
  return Uint8Array.from(derSequence(derInteger(raw.subarray(0, half)), derInteger(raw.subarray(half))));
}
