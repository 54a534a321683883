import { AppError } from '../kit/errors.ts';
import { signatureFields } from '../kit/pdf/acro-form-fields.ts';
import { isKind, PdfSyntaxError } from '../kit/pdf/pdf-objects.ts';
import type { PdfDict } from '../kit/pdf/pdf-objects.ts';
import type { RevisionChange } from '../kit/pdf/pdf-revision-changes.ts';
import { changesSince } from '../kit/pdf/pdf-revision-changes.ts';
import { endOfLastRevision, scanAppendedRevisions } from '../kit/pdf/pdf-revision-scan.ts';
import { PdfSnapshot } from '../kit/pdf/pdf-snapshot.ts';
import { ROLE_KEY } from '../kit/pdf/signature-placeholder.ts';
import { pemCertificates } from './certificate-chain.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { readCertificate } from './certificate-facts.ts';
import type { SignatureIntegrity } from './pdf-signature-integrity.ts';
import { checkIntegrity } from './pdf-signature-integrity.ts';
import { RevocationChecker } from './revocation.ts';
import type { SignerCheck } from './verify-signer.ts';
import { checkSigner, trustedTimestamp } from './verify-signer.ts';
import type { Reason, VerifyStatus } from './verify-reasons.ts';
import { reason, statusOf } from './verify-reasons.ts';

export type SignerRole = 'homeroom' | 'principal' | 'seal' | 'timestamp' | '';

export interface VerifyOptions {
  /** PEM text of the authorities that are trusted; each certificate in it is an anchor. */
  trust: string;
  now: Date;
  checkRevocation: boolean;
  /** Shared between files so that each certificate is asked about once. */
  revocation?: RevocationChecker;
}

export interface SignatureReport {
  /** Common name of the certificate; empty when it cannot be read. */
  signer: string;
  organization: string;
  role: SignerRole;
  field: string;
  serial: string;
  /** ISO 8601; of the timestamp when there is a trusted one, otherwise as the signer's computer claimed; null when unknown. */
  time: string | null;
  timeTrusted: boolean;
  status: Exclude<VerifyStatus, 'unsigned'>;
  reasons: Reason[];
  /** From the signer upwards. */
  chain: { subject: string; issuer: string; serial: string; validFrom: string; validTo: string }[];
  /** What later revisions did, allowed or not. */
  changesAfter: RevisionChange[];
}

export interface VerifyReport {
  /** The worst of all signatures. */
  status: VerifyStatus;
  signatures: SignatureReport[];
  /** Signature fields that are still empty. */
  emptyFields: string[];
  /** Findings about the file as a whole; they are part of each signature's reasons too. */
  reasons: Reason[];
}

/**
 * Checks every signature of a PDF: the bytes, the person, the time, and what was changed afterwards. Never throws on what a file may
 * contain; what it does not understand makes the answer `unknown`, never `valid`. Only `checkRevocation` uses the network.
 * Throws `signing.trustUnreadable` when `trust` holds something that is no certificate.
 */
export async function verifyPdf(bytes: Uint8Array, options: VerifyOptions): Promise<VerifyReport> {
  const anchors = readAnchors(options.trust);
  const revocation = options.checkRevocation ? (options.revocation ?? new RevocationChecker()) : undefined;
  let file: SignedFile;
  try {
    file = readSignedFile(bytes);
  } catch (thrown) {
    if (!(thrown instanceof PdfSyntaxError)) throw thrown;
    const found = reason('revisionUnreadable', { detail: thrown.message });
    return { status: 'unknown', signatures: [], emptyFields: [], reasons: [found] };
  }
  const proofs = documentTimestamps(file, { anchors, now: options.now });
  const signatures: SignatureReport[] = [];
  for (const signature of file.signatures) {
    const changes = changesAfter(file, signature);
    const signer = await checkSigner(signature.integrity, { anchors, revocation, now: options.now, provedBy: provedBy(signature, proofs) });
    signatures.push(report(file, signature, changes, signer));
  }
  return { status: overall(signatures, file.reasons), signatures, emptyFields: file.emptyFields, reasons: file.reasons };
}

interface TimeProof {
  coveredEnd: number;
  time: Date;
}

/** Document timestamps that hold and come from a trusted service. */
function documentTimestamps(file: SignedFile, context: { anchors: CertificateFacts[]; now: Date }): TimeProof[] {
  return file.signatures.flatMap(({ integrity: { kind, timestamp, problems, coveredEnd } }) => {
    const time = kind === 'documentTimestamp' && timestamp && problems.length === 0 ? trustedTimestamp(timestamp, context) : undefined;
    return time && coveredEnd !== undefined ? [{ coveredEnd, time }] : [];
  });
}

function provedBy({ integrity: { kind, coveredEnd } }: FoundSignature, proofs: TimeProof[]): Date | undefined {
  if (kind === 'documentTimestamp' || coveredEnd === undefined) return undefined;
  const later = proofs.filter((proof) => proof.coveredEnd > coveredEnd).map(({ time }) => time.getTime());
  return later.length > 0 ? new Date(Math.min(...later)) : undefined;
}

function readAnchors(pem: string): CertificateFacts[] {
  try {
    return pemCertificates(pem).map(readCertificate);
  } catch (cause) {
    throw new AppError('signing.trustUnreadable', { cause });
  }
}

interface FoundSignature {
  integrity: SignatureIntegrity;
  /** The file as it was when this was signed; undefined when it cannot be told. */
  signedState: PdfSnapshot | undefined;
  reasons: Reason[];
}

interface SignedFile {
  snapshot: PdfSnapshot;
  signatures: FoundSignature[];
  emptyFields: string[];
  reasons: Reason[];
}

function readSignedFile(bytes: Uint8Array): SignedFile {
  const end = endOfLastRevision(bytes);
  const reasons: Reason[] = [];
  if (end < 0) throw new PdfSyntaxError('no %%EOF', bytes.length);
  const blankTail = isBlank(bytes.subarray(end));
  const snapshot = new PdfSnapshot(blankTail ? bytes : bytes.subarray(0, end));
  if (snapshot.encrypted) throw new PdfSyntaxError('the file is encrypted', 0);
  const fields = signatureFields(snapshot);
  const signed = fields.filter((field) => field.signature);
  const names = fields.map(({ name }) => name);
  const values = signed.map(({ value }) => (isKind(value, 'ref') ? value.num : -1));
  if (new Set(names).size !== names.length || new Set(values).size !== values.length) reasons.push(reason('fieldsRepeated'));
  const signatures = signed.map((field) => foundSignature(snapshot, checkIntegrity(snapshot, field)));
  const ends = signatures.map(({ integrity }) => integrity.coveredEnd).filter((covered) => covered !== undefined);
  if (new Set(ends).size !== ends.length) reasons.push(reason('fieldsRepeated'));
  if (end < bytes.length && !(blankTail && ends.includes(bytes.length))) reasons.push(reason('trailingBytes', { bytes: bytes.length - end }));
  return { snapshot, signatures, emptyFields: fields.filter((field) => !field.signature).map(({ name }) => name), reasons };
}

/** The covered bytes must be a whole file by themselves, ending with their own %%EOF, with this very signature in it. */
function foundSignature(snapshot: PdfSnapshot, integrity: SignatureIntegrity): FoundSignature {
  const { coveredEnd, field } = integrity;
  const found: FoundSignature = { integrity, signedState: undefined, reasons: integrity.problems.map((code) => reason(code)) };
  if (coveredEnd === undefined) return found;
  const covered = snapshot.bytes.subarray(0, coveredEnd);
  const ending = endOfLastRevision(covered);
  if (ending < 0 || !isBlank(covered.subarray(ending))) {
    found.reasons.push(reason('byteRangeWrong'));
    return found;
  }
  try {
    const state = coveredEnd === snapshot.bytes.length ? snapshot : new PdfSnapshot(covered);
    if (signatureFields(state).some((known) => known.signature && known.ref.num === field.ref.num && known.name === field.name)) found.signedState = state;
    else found.reasons.push(reason('structureForged'));
  } catch (thrown) {
    if (!(thrown instanceof PdfSyntaxError)) throw thrown;
    found.reasons.push(reason('revisionUnreadable', { detail: thrown.message }));
  }
  return found;
}

function isBlank(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 10 || byte === 13 || byte === 32);
}

function changesAfter(file: SignedFile, { signedState, reasons, integrity }: FoundSignature): RevisionChange[] {
  if (!signedState || signedState === file.snapshot) return [];
  let changes: RevisionChange[] = [];
  try {
    changes = changesSince(signedState, file.snapshot);
    const forbidden = changes.filter(({ kind }) => kind === 'forbidden');
    if (forbidden.length > 0) reasons.push(reason('changedAfterwards', { what: forbidden.map(({ detail }) => detail).join(', ') }));
    else scanAppendedRevisions(file.snapshot, signedState.bytes.length);
  } catch (thrown) {
    if (!(thrown instanceof PdfSyntaxError)) throw thrown;
    reasons.push(reason('revisionUnreadable', { detail: thrown.message }));
  }
  if (changes.some(({ kind }) => kind === 'metadata')) reasons.push(reason('metadataChanged'));
  if (changes.some(({ kind }) => kind === 'fieldSigned' || kind === 'fieldAdded') && forbidsChanges(file.snapshot, integrity.field.signature)) reasons.push(reason('certificationBroken'));
  return changes;
}

/** A certifying signature with /P 1: nothing may follow, not even another signature (ISO 32000-1, 12.8.2.2). */
function forbidsChanges(snapshot: PdfSnapshot, dictionary: PdfDict | undefined): boolean {
  const references = snapshot.resolve(dictionary?.entries.get('Reference'));
  if (!isKind(references, 'array')) return false;
  return references.items.some((item) => {
    const reference = snapshot.dict(item);
    const method = reference?.entries.get('TransformMethod');
    return isKind(method, 'name') && method.name === 'DocMDP' && snapshot.dict(reference?.entries.get('TransformParams'))?.entries.get('P') === 1;
  });
}

function report(file: SignedFile, { integrity, reasons }: FoundSignature, changes: RevisionChange[], signer: SignerCheck): SignatureReport {
  const all = [...file.reasons, ...reasons, ...signer.reasons];
  const facts = integrity.cms?.signer;
  return {
    signer: facts?.subject.commonName ?? '',
    organization: facts?.subject.organization ?? '',
    role: roleOf(integrity),
    field: integrity.field.name,
    serial: facts?.serial ?? '',
    time: signer.time?.toISOString() ?? null,
    timeTrusted: signer.timeTrusted,
    status: statusOf(all),
    reasons: all,
    chain: signer.path.map(describe),
    changesAfter: changes,
  };
}

function describe({ subject, issuer, serial, validFrom, validTo }: CertificateFacts): SignatureReport['chain'][number] {
  return { subject: subject.commonName, issuer: issuer.commonName, serial, validFrom: validFrom.toISOString(), validTo: validTo.toISOString() };
}

const ROLES = ['homeroom', 'principal', 'seal'] as const;

/** Our own entry, which is signed, or else the field's name. */
function roleOf({ kind, field }: SignatureIntegrity): SignerRole {
  if (kind === 'documentTimestamp') return 'timestamp';
  const stated = field.signature?.entries.get(ROLE_KEY);
  const name = isKind(stated, 'name') ? stated.name : field.name;
  return ROLES.find((role) => name === role) ?? ROLES.find((role) => name.toLowerCase().includes(role)) ?? '';
}

function overall(signatures: SignatureReport[], reasons: Reason[]): VerifyStatus {
  if (signatures.length === 0) return 'unsigned';
  return statusOf([...reasons, ...signatures.flatMap((signature) => signature.reasons)]);
}
