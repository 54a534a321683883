/**
 * JSON that also carries bytes, for calls over HTTP. The value space is that of structured clone as far as the contract uses it:
 * plain objects, arrays, strings, finite numbers, booleans, null and `Uint8Array`.
 */
export function encode(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => (item instanceof Uint8Array ? { $bytes: toBase64(item) } : item));
}

export function decode(json: string): unknown {
  return JSON.parse(json, (_key, item: unknown) =>
    item !== null && typeof item === 'object' && '$bytes' in item && typeof item.$bytes === 'string' ? fromBase64(item.$bytes) : item);
}

const CHUNK = 0x8000; // String.fromCharCode takes its bytes as arguments: more would overflow the stack

function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK) binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(binary);
}

function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), character => character.charCodeAt(0));
}
