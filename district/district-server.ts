import { randomBytes, X509Certificate } from 'node:crypto';
import path from 'node:path';
import type { FastifyInstance } from 'fastify';
import { AppError } from '../main/kit/errors.ts';
import { keyFingerprint, publicKeyPem } from '../main/sync/keys-ed25519.ts';
import type { VerifyChain } from '../main/sync/package-body.ts';
import { defaultLimits, type PackageLimits } from '../main/sync/package-format.ts';
import { isPostgres, openDistrictDatabase } from './district-database.ts';
import { readAuthoritySecrets, type AuthoritySecrets } from './district-keys.ts';
import { FolderLock } from './district-lock.ts';
import { isLoopback } from './district-request.ts';
import { buildRoutes } from './district-routes.ts';
import type { DistrictDatabase } from './district-schema.ts';

export interface DistrictOptions {
  /** `postgres://…`, or a folder for the embedded database. */
  db: string;
  /** 0 takes a free one. */
  port: number;
  keysDir: string;
  /** Default 127.0.0.1. Any other address needs `tls`. */
  host?: string;
  /** PEM. */
  tls?: { cert: string; key: string };
  /** Where packages lie while they arrive, still encrypted; default beside the embedded database, or in `keysDir`. */
  workDir?: string;
  /** As schools reach this server when a proxy stands before it. */
  publicUrl?: string;
  /** Opens the overview from other machines; without it only this machine sees it. */
  adminToken?: string;
  limits?: Partial<PackageLimits>;
  /** What unfinished resumable uploads may claim together, bytes; default 64 GiB. */
  pendingBytes?: number;
  verifyChain?: VerifyChain;
  /** Told of faults that are nobody's package; default standard error. Never given package content. */
  onFault?: (fault: unknown) => void;
  now?: () => Date;
}

export interface RunningDistrict {
  url: string;
  /** Of the authority's root key. */
  fingerprint: string;
  close: () => Promise<void>;
}

/**
 * Runs the managing authority's server. @throws AppError `district.keysMissing`, `district.keysIncomplete`, `district.keysForm`, `district.database`,
 *   `district.inUse`, `district.tlsNeeded`, `district.address`
 */
export async function startDistrict(options: DistrictOptions): Promise<RunningDistrict> {
  const host = options.host ?? '127.0.0.1';
  if (options.tls === undefined && !isLoopback(host)) throw new AppError('district.tlsNeeded', { params: { host } });
  const secrets = await readAuthoritySecrets(options.keysDir);
  const lock = isPostgres(options.db) ? undefined : new FolderLock(options.db);
  let database: DistrictDatabase | undefined;
  try {
    database = await openDistrictDatabase(options.db);
    await recordAuthorityKeys(database, secrets);
    const workDir = options.workDir ?? path.join(isPostgres(options.db) ? options.keysDir : options.db, 'incoming');
    const token = randomBytes(32).toString('hex');
    const app = await buildRoutes({
      database,
      secrets,
      workDir,
      tls: options.tls,
      publicUrl: options.publicUrl,
      tokens: [token, ...(options.adminToken === undefined ? [] : [options.adminToken])],
      limits: { ...defaultLimits, ...options.limits },
      pendingBytes: options.pendingBytes ?? 64 * 1024 ** 3,
      verifyChain: options.verifyChain,
      onFault: options.onFault ?? ((fault) => console.error(fault instanceof Error ? fault.stack : fault)),
      now: options.now ?? (() => new Date()),
    });
    const url = await listen(app, host, options);
    const own = new URL(url);
    if (host === '0.0.0.0' || host === '::') own.hostname = '127.0.0.1';
    lock?.publish({ url: own.origin, token, certificate: options.tls === undefined ? null : new X509Certificate(options.tls.cert).toString() });
    const opened = database;
    return {
      url,
      fingerprint: keyFingerprint(secrets.rootKey),
      close: async () => {
        await app.close();
        await opened.destroy();
        lock?.release();
      },
    };
  } catch (fault) {
    await database?.destroy();
    lock?.release();
    throw fault;
  }
}

async function listen(app: FastifyInstance, host: string, options: DistrictOptions): Promise<string> {
  try {
    await app.listen({ host, port: options.port });
  } catch (fault) {
    await app.close();
    throw new AppError('district.address', { params: { host, port: options.port, detail: (fault as Error).message }, cause: fault });
  }
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return `${options.tls === undefined ? 'http' : 'https'}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** What was announced to schools, and until when, outlives the key files. */
async function recordAuthorityKeys(database: DistrictDatabase, secrets: AuthoritySecrets): Promise<void> {
  const recipients = secrets.recipients.map(({ recipient, validFrom, validTo }) => ({ public_key: recipient, purpose: 'recipient' as const, valid_from: new Date(validFrom), valid_to: validTo === null ? null : new Date(validTo) }));
  const root = { public_key: publicKeyPem(secrets.rootKey), purpose: 'root' as const, valid_from: new Date(), valid_to: null };
  await database.insertInto('authority_key').values([...recipients, root])
    .onConflict((conflict) => conflict.column('public_key').doUpdateSet((expression) => ({ valid_to: expression.ref('excluded.valid_to') }))).execute();
  await database.updateTable('authority_key').set({ valid_to: new Date() }).where('purpose', '=', 'root').where('public_key', '!=', root.public_key).where('valid_to', 'is', null).execute();
}
