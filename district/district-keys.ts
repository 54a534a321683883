import { existsSync } from 'node:fs';
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises';
import path from 'node:path';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import { randomBytes, type KeyObject } from 'node:crypto';
import { fileFault, writeFileAtomic } from '../main/kit/atomic-file.ts';
import { AppError } from '../main/kit/errors.ts';
import { handOver, writeAuthorityKeys, type KeySuccession, type RecipientPeriod } from '../main/sync/enrolment-authority.ts';
import { newSigningKey, privateKeyFromPem, privateKeyPem, publicKeyPem } from '../main/sync/keys-ed25519.ts';

const identityFile = 'age-identity.txt';
const signingFile = 'signing.pem';
const successionFile = 'succession.json';
const nameFile = 'name.txt';

/** The authority's private keys, as they lie in its key folder. */
export interface AuthoritySecrets {
  /** As schools see it; may be empty. */
  name: string;
  /** `AGE-SECRET-KEY-1…`, oldest first: old ones still open what was sent before a rotation. */
  identities: string[];
  recipients: RecipientPeriod[];
  rootKey: KeyObject;
  succession: KeySuccession[];
}

/**
 * Makes the authority's keys in `keysDir` if there are none - `age-identity.txt` as `age-keygen` writes it, `signing.pem` (Ed25519, PKCS#8), both readable
 * by their owner alone - and writes the public enrolment file for schools to `out`. @throws AppError `district.keysIncomplete`, `file.…`
 */
export async function districtKeys(options: { keysDir: string; out: string; name?: string; now?: Date }): Promise<{ fingerprint: string }> {
  const { keysDir, now = new Date() } = options;
  const present = [identityFile, signingFile].filter((name) => existsSync(path.join(keysDir, name)));
  if (present.length === 0) {
    await mkdir(keysDir, { recursive: true, mode: 0o700 }).catch((fault: unknown) => { throw fileFault(fault, keysDir); });
    await writeSecret(path.join(keysDir, identityFile), await newIdentityLines(now));
    await writeSecret(path.join(keysDir, signingFile), privateKeyPem(newSigningKey()));
  }
  if (options.name !== undefined) writeFileAtomic(path.join(keysDir, nameFile), Buffer.from(options.name.normalize('NFC')));
  const { text, fingerprint } = publicKeys(await readAuthoritySecrets(keysDir), now);
  writeFileAtomic(options.out, Buffer.from(text));
  return { fingerprint };
}

/** The public side of `secrets`, signed; see `readAuthorityKeys`. */
export function publicKeys({ name, rootKey, succession, recipients }: AuthoritySecrets, now: Date): { text: string; fingerprint: string } {
  return writeAuthorityKeys({ name, rootKey, succession, recipients, issuedAt: now.toISOString() });
}

/** @throws AppError `district.keysMissing`, `district.keysIncomplete`, `district.keysForm` */
export async function readAuthoritySecrets(keysDir: string): Promise<AuthoritySecrets> {
  const [identityText, signingText, successionText, name = ''] = await Promise.all([identityFile, signingFile, successionFile, nameFile].map((file) => readIfThere(path.join(keysDir, file))));
  if (identityText === undefined && signingText === undefined) throw new AppError('district.keysMissing', { params: { folder: keysDir } });
  // Half a pair is never completed by itself: a new root key would make every school's pinned one worthless.
  if (identityText === undefined || signingText === undefined) throw new AppError('district.keysIncomplete', { params: { folder: keysDir, file: identityText === undefined ? identityFile : signingFile } });
  try {
    const { identities, recipients } = await parseIdentities(identityText);
    const rootKey = privateKeyFromPem(signingText);
    const succession = successionText === undefined ? [] : JSON.parse(successionText) as KeySuccession[];
    // A rotation that a power cut stopped before its last step never took place.
    if (succession.length > 0 && succession.at(-1)?.to !== publicKeyPem(rootKey)) succession.pop();
    return { name: name.trim(), identities, recipients, rootKey, succession };
  } catch (fault) {
    throw new AppError('district.keysForm', { params: { folder: keysDir }, cause: fault });
  }
}

/**
 * A new age key for the authority. Packages are encrypted to the newest; the one before is still announced for `overlapDays`, so that schools that
 * fetch keys late can send, and stays in the folder for ever, to open what came earlier.
 */
export async function rotateRecipient(keysDir: string, now = new Date(), overlapDays = 30): Promise<void> {
  const file = path.join(keysDir, identityFile);
  await readAuthoritySecrets(keysDir);
  const ending = new Date(now.getTime() + overlapDays * 86_400_000).toISOString();
  const before = (await readFile(file, 'utf8')).replace(/\n*$/, '\n');
  await replaceSecret(file, `${before}# valid to: ${ending}\n${await newIdentityLines(now)}`);
}

/** A new root key, handed over to by the old one, which is then kept aside as `signing-<n>.pem`. The last step, a rename, is what makes it count. */
export async function rotateRootKey(keysDir: string): Promise<void> {
  const { rootKey, succession } = await readAuthoritySecrets(keysDir);
  const next = newSigningKey();
  await replaceSecret(path.join(keysDir, `signing-${succession.length + 1}.pem`), privateKeyPem(rootKey));
  writeFileAtomic(path.join(keysDir, successionFile), Buffer.from(JSON.stringify([...succession, handOver(rootKey, next)], null, 2)));
  await replaceSecret(path.join(keysDir, signingFile), privateKeyPem(next));
}

async function newIdentityLines(now: Date): Promise<string> {
  const identity = await generateX25519Identity();
  return `# created: ${now.toISOString()}\n# public key: ${await identityToRecipient(identity)}\n${identity}\n`;
}

async function parseIdentities(text: string): Promise<Pick<AuthoritySecrets, 'identities' | 'recipients'>> {
  const identities: string[] = [];
  const recipients: RecipientPeriod[] = [];
  let created = new Date(0).toISOString();
  for (const line of text.split(/\r?\n/).map((each) => each.trim())) {
    const [, label, value] = /^# (created|valid to): (.+)$/.exec(line) ?? [];
    const last = recipients.at(-1);
    if (label === 'created' && value !== undefined) created = new Date(value).toISOString();
    if (label === 'valid to' && value !== undefined && last !== undefined) last.validTo = new Date(value).toISOString();
    if (!line.startsWith('AGE-SECRET-KEY-1')) continue;
    identities.push(line);
    recipients.push({ recipient: await identityToRecipient(line), validFrom: created, validTo: null });
  }
  if (identities.length === 0) throw new Error('no age identity');
  return { identities, recipients };
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw fileFault(fault, file);
  }
}

/** Born with mode 0600, so that there is no moment in which others can read it; never over an existing file. */
async function writeSecret(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', 0o600).catch((fault: unknown) => { throw fileFault(fault, file); });
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(file, 0o600);
}

async function replaceSecret(file: string, text: string): Promise<void> {
  const next = `${file}.${randomBytes(4).toString('hex')}.new`;
  await writeSecret(next, text);
  await rename(next, file);
}
