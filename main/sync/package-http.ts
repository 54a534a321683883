import { request as plainRequest, type IncomingMessage } from 'node:http';
import { request as tlsRequest } from 'node:https';
import { pipeline } from 'node:stream/promises';
import { Readable } from 'node:stream';
import { getCACertificates } from 'node:tls';
import { AppError } from '../kit/errors.ts';

export interface HttpCall {
  method: 'GET' | 'HEAD' | 'POST' | 'PATCH';
  url: URL;
  headers?: Record<string, string>;
  body?: Uint8Array | { stream: () => AsyncIterable<Uint8Array>; bytes: number };
  /** Milliseconds without a byte in either direction. */
  idleMs: number;
  signal?: AbortSignal | undefined;
  /** PEM certificates trusted besides those of the system: an authority may run its own. */
  ca?: string | undefined;
}

export interface HttpAnswer {
  status: number;
  headers: IncomingMessage['headers'];
  body: string;
}

const answerLimit = 16 * 1024 ** 2;

/**
 * One HTTP call with a streamed body. An answer that arrives before the body is sent (401, 413) is still read.
 * @throws AppError `package.unreachable`, `package.tls`, `package.cancelled`
 */
export async function callServer(call: HttpCall): Promise<HttpAnswer> {
  const { url, body } = call;
  const bytes = body === undefined ? 0 : body instanceof Uint8Array ? body.length : body.bytes;
  const secure = url.protocol === 'https:';
  const options = { method: call.method, headers: { ...call.headers, 'Content-Length': String(bytes) }, agent: false as const, ...(call.signal === undefined ? {} : { signal: call.signal }) };
  const request = secure ? tlsRequest(url, { ...options, ca: trusted(call.ca) }) : plainRequest(url, options);
  const answered = new Promise<HttpAnswer>((resolve, reject) => {
    let answering = false;
    request.on('response', (response) => {
      answering = true;
      readAnswer(response).then(resolve, reject);
    });
    request.on('error', (fault) => answering || reject(fault));
    request.on('close', () => answering || reject(new Error('the connection was closed')));
  });
  request.setTimeout(call.idleMs, () => request.destroy(Object.assign(new Error('no answer'), { code: 'ETIMEDOUT' })));
  const source = body === undefined ? [] : body instanceof Uint8Array ? [body] : body.stream();
  // A broken upload is reported by `answered`: the server may have said why before it hung up.
  const sent = pipeline(Readable.from(source), request).then(() => undefined, (fault: unknown) => fault);
  try {
    return await answered;
  } catch (fault) {
    if (call.signal?.aborted === true) throw new AppError('package.cancelled', { cause: fault });
    const broken = fault as NodeJS.ErrnoException;
    const unread = (await sent) as NodeJS.ErrnoException | undefined;
    if (unread?.syscall === 'read' && unread.code !== 'ECONNRESET') throw unread;
    throw new AppError(isTlsFault(broken) ? 'package.tls' : 'package.unreachable', { params: { server: url.origin, detail: broken.code ?? broken.message }, cause: fault });
  } finally {
    request.destroy();
  }
}

async function readAnswer(response: IncomingMessage): Promise<HttpAnswer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > answerLimit) throw new Error('the answer is too long');
    chunks.push(chunk);
  }
  return { status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks).toString('utf8') };
}

function trusted(ca: string | undefined): string[] {
  return [...getCACertificates('default'), ...getCACertificates('system'), ...(ca === undefined ? [] : [ca])];
}

/** Faults that trying again cannot mend: the other end is not who it should be, or does not speak TLS. */
function isTlsFault(fault: NodeJS.ErrnoException): boolean {
  return /^(CERT_|ERR_TLS_|ERR_SSL_|EPROTO$|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH|INVALID_CA|PATH_LENGTH)/.test(fault.code ?? '');
}
