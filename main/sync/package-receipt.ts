import type { KeyObject } from 'node:crypto';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import { fileFault } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import { containerFrame, localHeaderBytes, readLocalHeader } from './package-container.ts';
import { packageHeader, rfc3339, rowCounts } from './package-format.ts';
import { signBytes, verifyBytes } from './keys-ed25519.ts';
import { canonicalBytes, parseDocument } from './keys-signed-json.ts';

export const receiptFormat = 'so-truong-receipt/1';
export const receiptEntries = ['receipt.json', 'receipt.sig'] as const;
const receiptLimit = 1024 ** 2;

const receiptForm = z.strictObject({
  format: z.literal(receiptFormat),
  school: packageHeader.shape.school,
  device: packageHeader.shape.device,
  sequence: packageHeader.shape.sequence,
  /** Of the whole package file. */
  sha256: packageHeader.shape.previous,
  receivedAt: rfc3339,
  /** Every package of the device up to this one has arrived. */
  contiguousTo: packageHeader.shape.sequence,
  rows: rowCounts,
});

/** What the authority answers for one package. */
export type Receipt = z.infer<typeof receiptForm>;

export interface SignedReceipt {
  receipt: Receipt;
  /** Canonical JSON: the exact bytes that are signed. */
  json: Buffer;
  /** 64 bytes, Ed25519. */
  signature: Buffer;
}

/** Signs a receipt with the authority's key (Ed25519, private). */
export function signReceipt(content: Omit<Receipt, 'format'>, key: KeyObject): SignedReceipt {
  const json = canonicalBytes(receiptForm.parse({ format: receiptFormat, ...content }));
  return { receipt: JSON.parse(json.toString('utf8')) as Receipt, json, signature: signBytes(json, key) };
}

/** The receipt as one file, `.streceipt`: a stored ZIP of `receipt.json` and `receipt.sig`. */
export function receiptFile({ json, signature }: Pick<SignedReceipt, 'json' | 'signature'>): Buffer {
  const { heads, tail } = containerFrame([
    { name: receiptEntries[0], bytes: json.length, crc32: crc32(json) },
    { name: receiptEntries[1], bytes: signature.length, crc32: crc32(signature) },
  ]);
  return Buffer.concat([heads[0] as Buffer, json, heads[1] as Buffer, signature, tail]);
}

/** The receipt as one JSON document, as the server answers: the receipt's own members and `signature` (base64). */
export function receiptDocument({ receipt, signature }: SignedReceipt): Receipt & { signature: string } {
  return { ...receipt, signature: signature.toString('base64') };
}

/**
 * Reads a receipt in any of its forms - `.streceipt`, JSON with `signature`, or bare `receipt.json` with `detached` - and checks its signature.
 * @throws AppError `package.receiptForm`, `package.receiptSignature`
 */
export function readReceipt(bytes: Uint8Array, keys: readonly KeyObject[], detached?: Uint8Array): SignedReceipt {
  const buffer = Buffer.from(bytes);
  const parts = buffer.toString('latin1', 0, 2) === 'PK' ? fromContainer(buffer) : fromJson(buffer, detached);
  const form = parts === null ? null : receiptForm.safeParse(parseDocument(parts.json.toString('utf8')));
  if (parts === null || form?.success !== true || !canonicalBytes(form.data).equals(parts.json)) throw new AppError('package.receiptForm');
  if (!keys.some((key) => verifyBytes(parts.json, parts.signature, key))) throw new AppError('package.receiptSignature');
  return { receipt: form.data, ...parts };
}

/** {@link readReceipt} of a file; for a bare `receipt.json` the signature is taken from `receipt.sig` or `receipt.json.sig` beside it. */
export function readReceiptFile(file: string, keys: readonly KeyObject[]): SignedReceipt {
  const sidecar = [file.replace(/\.json$/i, '.sig'), `${file}.sig`].find((name) => name !== file && existsSync(name));
  try {
    if (statSync(file).size > receiptLimit) throw new AppError('package.receiptForm');
    return readReceipt(readFileSync(file), keys, sidecar === undefined ? undefined : readFileSync(sidecar));
  } catch (fault) {
    throw fileFault(fault, file);
  }
}

/** @throws AppError `package.receiptOther` when the receipt is for another package */
export function matchReceipt(receipt: Receipt, sent: Pick<Receipt, 'school' | 'device' | 'sequence' | 'sha256'>): void {
  const same = receipt.school === sent.school && receipt.device === sent.device && receipt.sequence === sent.sequence && receipt.sha256 === sent.sha256;
  if (!same) throw new AppError('package.receiptOther', { params: { sequence: sent.sequence, found: receipt.sequence } });
}

type ReceiptParts = Pick<SignedReceipt, 'json' | 'signature'>;

function fromContainer(bytes: Buffer): ReceiptParts | null {
  const first = readLocalHeader(bytes.subarray(0, localHeaderBytes + receiptEntries[0].length), receiptEntries[0]);
  if (first === null) return null;
  const jsonAt = localHeaderBytes + receiptEntries[0].length;
  const signatureAt = jsonAt + first.bytes + localHeaderBytes + receiptEntries[1].length;
  const parts = { json: bytes.subarray(jsonAt, jsonAt + first.bytes), signature: bytes.subarray(signatureAt, signatureAt + 64) };
  // One receipt, one file: whatever is not exactly what receiptFile writes was changed on the way.
  const same = parts.signature.length === 64 && first.bytes <= receiptLimit && receiptFile(parts).equals(bytes);
  return same ? parts : null;
}

function fromJson(bytes: Buffer, detached: Uint8Array | undefined): ReceiptParts | null {
  const document = parseDocument(bytes.toString('utf8'));
  if (document === null) return null;
  const { signature, ...content } = document as { signature?: unknown };
  if (typeof signature === 'string') return { json: canonicalBytes(content), signature: Buffer.from(signature, 'base64') };
  return detached === undefined ? null : { json: canonicalBytes(content), signature: Buffer.from(detached) };
}
