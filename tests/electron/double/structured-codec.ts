/* oxlint-disable unicorn/consistent-function-scoping -- injected as source text, so nothing outside a function may be used */
/**
 * Structured clone as text, for messages between the double and its pages: what cannot be cloned throws as it does in Electron.
 * Both functions are also injected into pages as source text, so neither may use anything outside itself.
 */
export function encodeClone(value: unknown): string {
  const open = new Set<object>();
  const base64 = (bytes: Uint8Array): string => {
    let binary = '';
    for (let at = 0; at < bytes.length; at += 32_768) binary += String.fromCharCode(...bytes.subarray(at, at + 32_768));
    return btoa(binary);
  };
  const pack = (item: unknown): unknown => {
    if (item === undefined) return { $: 'undefined' };
    if (item === null || typeof item === 'boolean' || typeof item === 'string') return item;
    if (typeof item === 'number') return Number.isFinite(item) && !Object.is(item, -0) ? item : { $: 'number', v: Object.is(item, -0) ? '-0' : String(item) };
    if (typeof item === 'bigint') return { $: 'bigint', v: String(item) };
    if (typeof item !== 'object') throw new Error('An object could not be cloned.');
    if (open.has(item)) throw new Error('electron double: circular values are not modelled');
    open.add(item);
    const packed = packObject(item);
    open.delete(item);
    return packed;
  };
  const packObject = (item: object): unknown => {
    if (item instanceof Date) return { $: 'date', v: item.getTime() };
    if (item instanceof ArrayBuffer) return { $: 'buffer', v: base64(new Uint8Array(item)) };
    if (ArrayBuffer.isView(item)) return { $: 'bytes', v: base64(new Uint8Array(item.buffer, item.byteOffset, item.byteLength)) };
    if (item instanceof Map) return { $: 'map', v: [...item].map(([key, one]) => [pack(key), pack(one)]) };
    if (item instanceof Set) return { $: 'set', v: [...item].map(pack) };
    if (item instanceof Error) return { $: 'error', n: item.name, v: item.message };
    if (Array.isArray(item)) return item.map(pack);
    const packed = Object.fromEntries(Object.entries(item).map(([key, one]) => [key, pack(one)]));
    return '$' in packed ? { $: 'object', v: packed } : packed;
  };
  return JSON.stringify(pack(value));
}

export function decodeClone(text: string): unknown {
  const bytes = (base64: string): Uint8Array => Uint8Array.from(atob(base64), letter => letter.charCodeAt(0));
  const plain = (packed: Record<string, unknown>): unknown => Object.fromEntries(Object.entries(packed).map(([key, item]) => [key, unpack(item)]));
  const unpack = (item: unknown): unknown => {
    if (item === null || typeof item !== 'object') return item;
    if (Array.isArray(item)) return item.map(unpack);
    const { $: kind, v, n } = item as { $?: string; v?: unknown; n?: string };
    switch (kind) {
      case undefined: return plain(item as Record<string, unknown>);
      case 'undefined': return undefined;
      case 'number': return Number(v);
      case 'bigint': return BigInt(v as string);
      case 'date': return new Date(v as number);
      case 'buffer': return bytes(v as string).buffer;
      case 'bytes': return bytes(v as string);
      case 'map': return new Map((v as [unknown, unknown][]).map(([key, one]) => [unpack(key), unpack(one)]));
      case 'set': return new Set((v as unknown[]).map(unpack));
      case 'error': return Object.assign(new Error(v as string), { name: n });
      case 'object': return plain(v as Record<string, unknown>);
      default: throw new Error(`electron double: unknown clone ${kind}`);
    }
  };
  return unpack(JSON.parse(text));
}
