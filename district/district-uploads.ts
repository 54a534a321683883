import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { FileStore } from '@tus/file-store';
import { EVENTS, MemoryLocker, Server } from '@tus/server';
import type { Refusal } from './district-refusal.ts';

const keptDays = 7;

export interface UploadOptions {
  folder: string;
  secure: boolean;
  /** As clients reach this server, when a proxy stands before it. */
  publicUrl: string | undefined;
  packageBytes: number;
  /** What all unfinished uploads may claim together: anyone may begin one. */
  pendingBytes: number;
  /** Takes a complete file in; a refusal is an answer, anything thrown a fault of the server, after which the upload is kept. */
  receive: (file: string, claimedSha256: string | undefined) => Promise<Refusal | null>;
}

export interface Uploads {
  server: Server;
  /** Removes what nobody finished within a week. */
  removeExpired: () => Promise<number>;
}

/**
 * Resumable uploads, tus 1.0 at `/v1/uploads`. With `sha256` in the upload's metadata the upload bears that name, so that a sender who lost everything but the
 * package can go on where it stopped. The last piece is answered 204 when the package was received - the receipt is then to be had at
 * `/v1/schools/{id}/devices/{device}` - and like `POST /v1/packages` when it was refused.
 */
export function resumableUploads(options: UploadOptions): Uploads {
  const store = new FileStore({ directory: options.folder, expirationPeriodInMilliseconds: keptDays * 86_400_000 });
  const settled = new Set<string>();
  const server = new Server({
    path: '/v1/uploads',
    datastore: store,
    locker: new MemoryLocker(),
    maxSize: options.packageBytes,
    allowedOrigins: [],
    namingFunction: (_request, metadata) => claimedHash(metadata) ?? randomBytes(16).toString('hex'),
    generateUrl: (_request, { host, path: route, id }) => `${options.publicUrl?.replace(/\/$/, '') ?? `${options.secure ? 'https' : 'http'}://${host}`}${route}/${id}`,
    onUploadCreate: async (_request, upload) => {
      const pending = await pendingUploads(store);
      if (pending + (upload.size ?? options.packageBytes) > options.pendingBytes) throw { status_code: 503, body: JSON.stringify({ code: 'busy' }) };
      return {};
    },
    onUploadFinish: async (_request, upload) => {
      const refusal = await options.receive(path.join(options.folder, upload.id), claimedHash(upload.metadata));
      settled.add(upload.id);
      if (refusal === null) return {};
      return { status_code: refusal.status, body: JSON.stringify(refusal.body), headers: { 'Content-Type': 'application/json; charset=utf-8' } };
    },
  });
  server.on(EVENTS.POST_FINISH, (_request, _response, upload) => {
    if (!settled.delete(upload.id)) return;
    // Left behind at worst until it expires.
    store.remove(upload.id).catch(() => undefined);
  });
  return { server, removeExpired: () => server.cleanUpExpiredUploads() };
}

function claimedHash(metadata: Record<string, string | null> | undefined): string | undefined {
  const claimed = metadata?.['sha256'] ?? '';
  return /^[0-9a-f]{64}$/.test(claimed) ? claimed : undefined;
}

async function pendingUploads(store: FileStore): Promise<number> {
  let bytes = 0;
  for (const id of await store.configstore.list?.() ?? []) bytes += (await store.configstore.get(id))?.size ?? 0;
  return bytes;
}
