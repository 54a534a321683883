import { X509Certificate } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import path from 'node:path';
import type { CheckedInputOf, OutputOf } from '../../preload/contract/base.ts';
import type { signing, SigningSetup, StampImage, TrustAnchor } from '../../preload/contract/signing.ts';
import type { SignRole } from '../../preload/contract/transcripts.ts';
import { sql, type ReadHandle } from '../../db/handle.ts';
import type { ReadContext, WriteContext } from '../call/context.ts';
import { fileFault, sha256Hex, writeFileAtomic } from '../kit/atomic-file.ts';
import { AppError } from '../kit/errors.ts';
import { currentYear, writeSetting } from '../school/school-store.ts';
import { readCertificate } from './certificate-facts.ts';
import { stampImageFile } from './signing-stamps.ts';
import { timestampAddress } from './signing-store.ts';
import { trustFiles, trustFolder } from './trust-anchors.ts';

type Signing = typeof signing;

export function setup({ db, services }: ReadContext): SigningSetup {
  const classes = db.all(sql.selectFrom('school_class').select('name').where('year', '=', currentYear(db).year).where('cancelled', '=', 0).orderBy('grade').orderBy('name'));
  const image = (role: SignRole, className: string | null): StampImage => {
    const file = stampImageFile(services.dataFolder, role, className ?? '');
    return { role, className, bytes: existsSync(file) ? new Uint8Array(readFileSync(file)) : null };
  };
  return {
    tsaUrl: timestampAddress(db), anchors: trustFiles(services.dataFolder).flatMap(file => anchorsIn(file, services.clock())),
    images: [image('principal', null), image('seal', null), ...classes.map(({ name }) => image('homeroom', name))],
  };
}

function anchorsIn(file: string, now: Date): TrustAnchor[] {
  return certificatesIn(readFileSync(file), path.basename(file)).map(der => {
    const facts = readCertificate(der);
    return {
      fileName: path.basename(file), sha256: facts.sha256, subject: facts.subject.commonName, issuer: facts.issuer.commonName, validTo: facts.validTo.toISOString(),
      isOutOfTime: now > facts.validTo || now < facts.validFrom,
    };
  });
}

/** @throws AppError `signing.trustNotPem` when the bytes hold no certificate */
function certificatesIn(bytes: Buffer, file: string): Buffer[] {
  const blocks = bytes.toString('latin1').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  try {
    return blocks.length > 0 ? blocks.map(block => new X509Certificate(block).raw) : [new X509Certificate(bytes).raw];
  } catch (fault) {
    throw new AppError('signing.trustNotPem', { params: { file }, cause: fault });
  }
}

/** @throws AppError `signing.tsaAddress` */
export function setTimestampService({ db, stamp, changed }: WriteContext, { url }: CheckedInputOf<Signing['setTimestampService']>): { tsaUrl: string | null } {
  const address = url?.trim() ?? '';
  const protocol = URL.canParse(address) ? new URL(address).protocol : '';
  if (address !== '' && protocol !== 'http:' && protocol !== 'https:') throw new AppError('signing.tsaAddress', { params: { url: address }, field: 'url' });
  const tsaUrl = address === '' ? null : address;
  writeSetting(db, stamp, 'signing.tsa', tsaUrl);
  changed('signing', 'setup');
  return { tsaUrl };
}

/** @throws AppError `signing.trustNotPem`, `signing.trustNotAuthority`, `signing.trustKnown` */
export function addTrustAnchor(ctx: WriteContext, { fileName, bytes }: CheckedInputOf<Signing['addTrustAnchor']>): OutputOf<Signing['addTrustAnchor']> {
  const { dataFolder, clock } = ctx.services;
  const known = new Set(trustFiles(dataFolder).flatMap(file => anchorsIn(file, clock())).map(anchor => anchor.sha256));
  const fresh = certificatesIn(Buffer.from(bytes), fileName).filter(der => !known.has(sha256Hex(der)));
  if (fresh.length === 0) throw new AppError('signing.trustKnown', { params: { file: fileName } });
  for (const der of fresh) {
    const facts = readCertificate(der);
    if (!facts.authority) throw new AppError('signing.trustNotAuthority', { params: { subject: facts.subject.commonName } });
  }
  for (const der of fresh) writeFileAtomic(path.join(trustFolder(dataFolder), `${sha256Hex(der).slice(0, 16)}.pem`), Buffer.from(new X509Certificate(der).toString()));
  noteAnchors(ctx);
  return { added: fresh.length };
}

/** The file stays in the folder under another ending, so that it can be put back. @throws AppError `file.missing` */
export function removeTrustAnchor(ctx: WriteContext, { fileName }: CheckedInputOf<Signing['removeTrustAnchor']>): { removed: true } {
  const file = trustFiles(ctx.services.dataFolder).find(found => path.basename(found) === fileName);
  if (file === undefined) throw new AppError('file.missing', { params: { file: fileName } });
  setAside(file, ctx.stamp.at);
  noteAnchors(ctx);
  return { removed: true };
}

/** Who trusted what, when and why stands in the journal by this list of fingerprints. */
function noteAnchors({ db, stamp, services, changed }: WriteContext): void {
  const now = services.clock();
  writeSetting(db, stamp, 'signing.anchors', trustFiles(services.dataFolder).flatMap(file => anchorsIn(file, now)).map(anchor => anchor.sha256).sort());
  changed('signing', 'setup');
}

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const MOST_BYTES = 2 * 1024 * 1024;

/** @throws AppError `signing.imageNotPng`, `signing.imageTooLarge`, `classes.unknown` */
export function setStampImage(ctx: WriteContext, { role, className, bytes }: CheckedInputOf<Signing['setStampImage']>): { saved: true } {
  const { db, stamp, services, changed } = ctx;
  if (role === 'homeroom' && !isClass(db, className)) throw new AppError('classes.unknown');
  if (bytes !== null && !Buffer.from(bytes.subarray(0, PNG.length)).equals(PNG)) throw new AppError('signing.imageNotPng');
  if (bytes !== null && bytes.length > MOST_BYTES) throw new AppError('signing.imageTooLarge', { params: { most: MOST_BYTES / 1024 / 1024 } });
  const file = stampImageFile(services.dataFolder, role, className ?? '');
  setAside(file, stamp.at);
  if (bytes !== null) writeFileAtomic(file, bytes);
  writeSetting(db, stamp, `signing.image.${path.basename(file, '.png')}`, bytes === null ? null : sha256Hex(bytes));
  changed('signing', 'setup');
  return { saved: true };
}

function isClass(db: ReadHandle, name: string | null): boolean {
  return name !== null && db.get(sql.selectFrom('school_class').select('id').where('name', '=', name).where('year', '=', currentYear(db).year).where('cancelled', '=', 0)) !== undefined;
}

/** Puts a file away under its time instead of deleting it. */
function setAside(file: string, at: string): void {
  if (!existsSync(file)) return;
  const aside = path.join(path.dirname(file), 'cu', `${path.basename(file)}.${at.replaceAll(/[:.]/g, '-')}`);
  try {
    mkdirSync(path.dirname(aside), { recursive: true });
    renameSync(file, aside);
  } catch (fault) {
    throw fileFault(fault, file);
  }
}
