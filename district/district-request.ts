import { createHash, timingSafeEqual } from 'node:crypto';
import { open } from 'node:fs/promises';
import type { FastifyRequest } from 'fastify';
import { Refusal } from './district-refusal.ts';

/** Writes the request's body to `file`. @throws Refusal 413 */
export async function saveBody(request: FastifyRequest, file: string, limit: number): Promise<void> {
  if (Number(request.headers['content-length'] ?? 0) > limit) {
    await drain(request);
    throw new Refusal(413, { code: 'tooLarge', where: 'package' });
  }
  const handle = await open(file, 'wx', 0o600);
  try {
    let bytes = 0;
    // Not destroyed on return: the refusal still has to go out on the same connection.
    for await (const chunk of request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > limit) break;
      await handle.writeFile(chunk);
    }
    if (bytes <= limit) return;
  } finally {
    await handle.close();
  }
  await drain(request);
  throw new Refusal(413, { code: 'tooLarge', where: 'package' });
}

/** Lets a sender finish before it is refused: most clients do not read an answer while they write. What is far too much is cut off. */
export async function drain(request: FastifyRequest): Promise<void> {
  let bytes = 0;
  for await (const chunk of request.raw.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > 64 * 1024 ** 2) return;
  }
}

export async function readText(request: FastifyRequest, limit: number): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request.raw as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > limit) throw new Refusal(413, { code: 'tooLarge' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host.startsWith('127.');
}

/** A browser on this machine, or the bearer of a token. A proxy on this machine also comes from the loopback, but says for whom. */
export function mayLook(request: FastifyRequest, tokens: readonly string[]): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip', 'via'].some((name) => request.headers[name] !== undefined);
  // The name asked for must be the loopback's too: a foreign page could point its own name here (DNS rebinding).
  const host = (request.headers.host ?? '').replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
  const local = isLoopback(request.ip.replace(/^::ffff:/, '')) && isLoopback(host);
  return (local && !forwarded) || bearsToken(request, tokens);
}

export function bearsToken(request: FastifyRequest, tokens: readonly string[]): boolean {
  const offered = createHash('sha256').update(request.headers.authorization ?? '').digest();
  return tokens.some((token) => timingSafeEqual(offered, createHash('sha256').update(`Bearer ${token}`).digest()));
}
