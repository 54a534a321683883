import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fastify, type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { AppError } from '../main/kit/errors.ts';
import type { VerifyChain } from '../main/sync/package-body.ts';
import { partyId, type PackageLimits } from '../main/sync/package-format.ts';
import { receiptDocument, receiptFile, type SignedReceipt } from '../main/sync/package-receipt.ts';
import { publicKeys, type AuthoritySecrets } from './district-keys.ts';
import { listForPage, overviewPage } from './district-page.ts';
import { receivePackage } from './district-receive.ts';
import { refusalOf, unprocessable } from './district-refusal.ts';
import { bearsToken, drain, mayLook, readText, saveBody } from './district-request.ts';
import type { DistrictDatabase } from './district-schema.ts';
import { performSchoolAct, type SchoolAct } from './district-schools.ts';
import { listReceipts } from './district-store.ts';
import { Turnstile } from './district-turnstile.ts';
import { resumableUploads } from './district-uploads.ts';

export interface RouteParts {
  database: DistrictDatabase;
  secrets: AuthoritySecrets;
  /** Holds packages while they arrive. */
  workDir: string;
  /** PEM. */
  tls: { cert: string; key: string } | undefined;
  publicUrl: string | undefined;
  /** Any of them opens the overview and the list of schools. */
  tokens: readonly string[];
  limits: PackageLimits;
  pendingBytes: number;
  verifyChain: VerifyChain | undefined;
  onFault: (fault: unknown) => void;
  now: () => Date;
}

/** The server's calls, not yet listening. */
export async function buildRoutes(parts: RouteParts): Promise<FastifyInstance> {
  const { database, secrets, workDir, limits, onFault, now } = parts;
  const receiving = { database, secrets, limits, verifyChain: parts.verifyChain, now };
  // Receiving decrypts and holds a transaction: a few at a time, the others wait with their bytes on disk.
  const turnstile = new Turnstile(4, 64);
  const take = (file: string, claimed: string | undefined) => turnstile.pass(() => receivePackage(receiving, file, claimed));
  await mkdir(path.join(workDir, 'uploads'), { recursive: true });
  await removeHalfReceived(workDir);

  const app = fastify({
    ...(parts.tls === undefined ? {} : { https: parts.tls }),
    // A school's line may need an hour for a full package; a silent one is cut after ten minutes.
    requestTimeout: 6 * 3_600_000,
    connectionTimeout: 600_000,
    forceCloseConnections: true,
  }) as unknown as FastifyInstance;
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', (_request, _payload, done) => done(null));
  app.addHook('onSend', async (_request, reply) => {
    reply.headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
  });
  app.setNotFoundHandler((_request, reply) => reply.code(404).send({ code: 'notFound' }));
  app.setErrorHandler((fault, _request, reply) => answerFault(fault, reply, onFault));

  app.post('/v1/packages', async (request, reply) => {
    const claimed = request.headers['package-sha256'];
    if (typeof claimed !== 'string' || !/^[0-9a-f]{64}$/i.test(claimed)) {
      await drain(request);
      throw unprocessable('packageSha256', 'Package-Sha256');
    }
    const file = path.join(workDir, `${randomBytes(16).toString('hex')}.part`);
    try {
      await saveBody(request, file, limits.packageBytes);
      return sendReceipt(request, reply, await take(file, claimed.toLowerCase()));
    } finally {
      await rm(file, { force: true });
    }
  });

  app.get<{ Params: { school: string; device: string }; Querystring: { from?: string; to?: string } }>('/v1/schools/:school/devices/:device', async (request, reply) => {
    const { school, device } = request.params;
    const found = partyId.safeParse(school).success && partyId.safeParse(device).success
      ? await listReceipts(database, school, device, sequenceFrom(request.query.from, 1), sequenceFrom(request.query.to, 99_999_999))
      : null;
    if (found === null) return reply.code(404).send({ code: 'unknownSchool' });
    return { contiguousTo: found.contiguousTo, receipts: found.receipts.map(receiptDocument) };
  });

  app.get('/v1/keys', async (_request, reply) => reply.type('application/json; charset=utf-8').send(publicKeys(secrets, now()).text));

  const uploads = resumableUploads({
    folder: path.join(workDir, 'uploads'),
    secure: parts.tls !== undefined,
    publicUrl: parts.publicUrl,
    packageBytes: limits.packageBytes,
    pendingBytes: parts.pendingBytes,
    receive: (file, claimed) => take(file, claimed).then(() => null, (fault: unknown) => {
      const refusal = refusalOf(fault);
      if (refusal !== null && refusal.status < 500) return refusal;
      if (refusal === null) onFault(fault);
      throw { status_code: refusal?.status ?? 500, body: JSON.stringify(refusal?.body ?? { code: 'fault' }) };
    }),
  });
  await uploads.removeExpired();
  const sweep = setInterval(() => { uploads.removeExpired().catch(onFault); }, 3_600_000).unref();
  app.addHook('onClose', async () => clearInterval(sweep));
  const resume = async (request: FastifyRequest, reply: FastifyReply) => {
    reply.hijack();
    await uploads.server.handle(request.raw, reply.raw);
  };
  app.all('/v1/uploads', resume);
  app.all('/v1/uploads/:upload', resume);

  app.get('/', async (request, reply) => {
    if (!mayLook(request, parts.tokens)) return reply.code(401).header('WWW-Authenticate', 'Bearer').send({ code: 'unauthorised' });
    return reply.type('text/html; charset=utf-8')
      .header('Content-Security-Policy', "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'")
      .header('Referrer-Policy', 'no-referrer')
      .send(overviewPage(await listForPage(database), now()));
  });

  app.post('/admin/schools', async (request, reply) => {
    if (!bearsToken(request, parts.tokens)) return reply.code(401).send({ code: 'unauthorised' });
    try {
      return await performSchoolAct(database, JSON.parse(await readText(request, 1024 ** 2)) as SchoolAct, now());
    } catch (fault) {
      if (fault instanceof AppError) return reply.code(400).send({ error: { code: fault.code, params: fault.params } });
      throw fault;
    }
  });
  return app;
}

function answerFault(fault: unknown, reply: FastifyReply, onFault: (fault: unknown) => void): FastifyReply {
  const refusal = refusalOf(fault);
  if (refusal !== null) {
    if (refusal.status === 503) reply.header('Retry-After', '30');
    return reply.code(refusal.status).send(refusal.body);
  }
  const { code, statusCode } = fault as NodeJS.ErrnoException & { statusCode?: number };
  if (statusCode !== undefined && statusCode < 500) return reply.code(statusCode).send({ code: 'request' });
  // Who hung up needs no answer, and it is no fault of ours.
  if (code === 'ECONNRESET') return reply;
  onFault(fault);
  return code === 'ENOSPC' || code === 'EDQUOT' ? reply.code(507).send({ code: 'diskFull' }) : reply.code(500).send({ code: 'fault' });
}

/** The receipt as JSON with `signature`, or as `.streceipt` to who asks for a ZIP. */
function sendReceipt(request: FastifyRequest, reply: FastifyReply, signed: SignedReceipt): FastifyReply {
  if (request.headers.accept?.includes('application/zip') === true) return reply.type('application/zip').send(receiptFile(signed));
  return reply.type('application/json; charset=utf-8').send(JSON.stringify(receiptDocument(signed)));
}

function sequenceFrom(value: string | undefined, fallback: number): number {
  return value !== undefined && /^\d{1,8}$/.test(value) ? Number(value) : fallback;
}

async function removeHalfReceived(workDir: string): Promise<void> {
  for (const name of await readdir(workDir)) {
    if (name.endsWith('.part')) await rm(path.join(workDir, name), { force: true });
  }
}
