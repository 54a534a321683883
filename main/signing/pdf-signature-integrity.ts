import { createHash } from 'node:crypto';
import type { SignatureField } from '../kit/pdf/acro-form-fields.ts';
import type { PdfDict, PdfString } from '../kit/pdf/pdf-objects.ts';
import { isKind } from '../kit/pdf/pdf-objects.ts';
import type { PdfSnapshot } from '../kit/pdf/pdf-snapshot.ts';
import { berToDer, DerError, readDer } from './asn1-der.ts';
import type { DigestName } from './cms-oids.ts';
import type { CmsSignature } from './cms-read.ts';
import { checkCms, readCms } from './cms-read.ts';
import type { TimestampToken } from './timestamp-token.ts';
import { checkTimestampToken, readTimestampToken } from './timestamp-token.ts';
import type { ReasonCode } from './verify-reasons.ts';

/** What one signature of a PDF covers and says, before anyone asks who the signer is. */
export interface SignatureIntegrity {
  field: SignatureField;
  kind: 'signature' | 'documentTimestamp';
  /** End of the signed revision; undefined when the byte range is wrong. */
  coveredEnd: number | undefined;
  cms: CmsSignature | undefined;
  /** Verified so far as a timestamp over this signature (or, for a document timestamp, the signature itself). */
  timestamp: TimestampToken | undefined;
  problems: ReasonCode[];
}

const FORMATS: Record<string, SignatureIntegrity['kind']> = {
  'ETSI.CAdES.detached': 'signature',
  'adbe.pkcs7.detached': 'signature',
  'ETSI.RFC3161': 'documentTimestamp',
};

/** Checks byte range, contents, digest and signature value of a signed field. Never throws on what a file may contain. */
export function checkIntegrity(snapshot: PdfSnapshot, field: SignatureField): SignatureIntegrity {
  const dictionary = field.signature;
  const result: SignatureIntegrity = { field, kind: 'signature', coveredEnd: undefined, cms: undefined, timestamp: undefined, problems: [] };
  if (!dictionary) return { ...result, problems: ['formatUnknown'] };
  const format = dictionary.entries.get('SubFilter');
  const kind = isKind(format, 'name') ? FORMATS[format.name] : undefined;
  if (!kind) return { ...result, problems: ['formatUnknown'] };
  result.kind = kind;
  if (dictionary.repeatedKeys.length > 0 || field.dict.repeatedKeys.length > 0 || !storedInTheOpen(snapshot, field)) result.problems.push('structureForged');
  const contents = dictionary.entries.get('Contents');
  const range = readByteRange(dictionary);
  if (!isKind(contents, 'string') || !range || !rangeFits(snapshot.bytes, range, contents)) return { ...result, problems: [...result.problems, 'byteRangeWrong'] };
  result.coveredEnd = range[2] + range[3];
  try {
    if (hasTrailingData(contents.bytes)) result.problems.push('structureForged');
    const digestOf = byteRangeDigests(snapshot.bytes, range);
    if (kind === 'documentTimestamp') checkDocumentTimestamp(result, contents.bytes, digestOf);
    else checkSignature(result, contents.bytes, digestOf);
  } catch (thrown) {
    if (!(thrown instanceof DerError)) throw thrown;
    result.problems.push('formatUnknown');
  }
  return result;
}

function checkSignature(result: SignatureIntegrity, contents: Uint8Array, digestOf: (name: DigestName) => Buffer): void {
  const cms = readCms(contents);
  result.cms = cms;
  result.problems.push(...checkCms(cms, digestOf));
  const [token] = cms.timestamps;
  if (!token) return;
  const timestamp = readTimestampToken(token);
  const problems = checkTimestampToken(timestamp, (name) => createHash(name).update(cms.signature).digest());
  if (problems.length > 0) result.problems.push('timestampWrong');
  else result.timestamp = timestamp;
}

function checkDocumentTimestamp(result: SignatureIntegrity, contents: Uint8Array, digestOf: (name: DigestName) => Buffer): void {
  const timestamp = readTimestampToken(contents);
  result.cms = timestamp.cms;
  const problems = checkTimestampToken(timestamp, digestOf);
  if (problems.includes('imprintWrong')) result.problems.push('contentChanged');
  if (problems.some((problem) => problem !== 'imprintWrong')) result.problems.push('timestampWrong');
  if (problems.length === 0) result.timestamp = timestamp;
}

/** Offsets of tokens mean something only in an object that stands in the file itself, not in a compressed one. */
function storedInTheOpen(snapshot: PdfSnapshot, { value, ref }: SignatureField): boolean {
  const holder = isKind(value, 'ref') ? value.num : ref.num;
  return snapshot.entry(holder)?.kind === 'offset';
}

type ByteRange = [number, number, number, number];

function readByteRange(dictionary: PdfDict): ByteRange | undefined {
  const range = dictionary.entries.get('ByteRange');
  if (!isKind(range, 'array') || range.items.length !== 4) return undefined;
  const numbers = range.items.filter((item) => typeof item === 'number' && Number.isSafeInteger(item) && item >= 0);
  return numbers.length === 4 ? (numbers as ByteRange) : undefined;
}

/** The range starts at byte 0, leaves out exactly the hex string of /Contents with its brackets, and ends inside the file. */
function rangeFits(bytes: Uint8Array, [first, length, second, rest]: ByteRange, contents: PdfString): boolean {
  if (!contents.hex || first !== 0 || length !== contents.start || second !== contents.end || second + rest > bytes.length) return false;
  // No white space either: the gap is nothing but digits, so that nothing can hide in it.
  return contents.bytes.length * 2 === contents.end - contents.start - 2;
}

function byteRangeDigests(bytes: Uint8Array, [first, length, second, rest]: ByteRange): (name: DigestName) => Buffer {
  return (name) => createHash(name).update(bytes.subarray(first, first + length)).update(bytes.subarray(second, second + rest)).digest();
}

/** Behind the CMS there may be zeros, the unused room; anything else is not covered by any signature. */
function hasTrailingData(contents: Uint8Array): boolean {
  const length = contents[1] === 0x80 ? berToDer(contents).length : readDer(contents).raw.length;
  const rest = contents.subarray(length);
  return Buffer.compare(rest, Buffer.alloc(rest.length)) !== 0;
}
