import canonicalize from 'canonicalize';
import type { KeyObject } from 'node:crypto';
import { signBytes, verifyBytes } from './keys-ed25519.ts';

/** Canonical JSON (RFC 8785): sorted names, one spelling of each number and string, UTF-8. */
export function canonicalBytes(value: object): Buffer {
  return Buffer.from(canonicalize(value) ?? '', 'utf8');
}

/** `content` with `signature` added: base64 of Ed25519 over {@link canonicalBytes} of everything else. */
export function signDocument<T extends object>(content: T, key: KeyObject): T & { signature: string } {
  return { ...content, signature: signBytes(canonicalBytes(content), key).toString('base64') };
}

/** Whether `key` signed the document, whatever its order and spacing. */
export function verifyDocument(document: { signature: string }, key: KeyObject): boolean {
  const { signature, ...content } = document;
  return verifyBytes(canonicalBytes(content), Buffer.from(signature, 'base64'), key);
}

/** Parses a JSON document that people carry about: a byte order mark added by an editor is forgiven. Null when it is no JSON object. */
export function parseDocument(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? value : null;
  } catch {
    return null;
  }
}
