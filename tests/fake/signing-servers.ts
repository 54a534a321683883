import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** How the timestamp server behaves. Every mode but `ok` must leave the paper without that timestamp. */
export type TsaMode = 'ok' | 'down' | 'wrongNonce' | 'wrongImprint' | 'rejected' | 'garbage';
/** `forged`: the answer is signed by a certificate that may not speak for the authority. */
export type OcspMode = 'ok' | 'down' | 'forged';

export interface SigningServers {
  url: string;
  tsaUrl: string;
  ocspUrl: string;
  /** Prefix of what the authority publishes: `issuing.crl`, `root.crl`, `issuing.der`. */
  publishUrl: string;
  tsa: TsaMode;
  ocsp: OcspMode;
  crl: 'ok' | 'down';
  /** How often anyone asked anything. */
  requests: number;
  stop(): Promise<void>;
}

/**
 * The services of a certificate authority on loopback, answered by OpenSSL from the files that {@link buildFakePki} keeps in
 * `folder`. The modes can be changed while it runs.
 */
export async function startSigningServers(folder: string): Promise<SigningServers> {
  let serial = 0;
  let replies: Promise<unknown> = Promise.resolve();
  const state = { tsa: 'ok' as TsaMode, ocsp: 'ok' as OcspMode, crl: 'ok' as 'ok' | 'down', requests: 0 };
  const file = (name: string): string => path.join(folder, name);

  const answerTimestamp = async (query: Buffer): Promise<Buffer> => {
    const name = file(`tsa-${++serial}`);
    writeFileSync(`${name}.tsq`, query);
    if (state.tsa === 'garbage') return Buffer.from('<html>Đang bảo trì</html>');
    if (state.tsa === 'rejected') return Buffer.from('30053003020102', 'hex');
    if (state.tsa === 'wrongNonce' || state.tsa === 'wrongImprint') {
      const text = (await run('openssl', ['ts', '-query', '-in', `${name}.tsq`, '-text'])).stdout;
      const digest = state.tsa === 'wrongImprint' ? '00'.repeat(32) : [...text.matchAll(/^ {4}[0-9a-f]{4} - ([0-9a-f -]{47})/gm)].map((line) => line[1]?.replaceAll(/[ -]/g, '')).join('');
      await run('openssl', ['ts', '-query', '-digest', digest, '-sha256', '-cert', '-out', `${name}.tsq`]);
    }
    // Two processes at once would spoil the file in which openssl counts its serial numbers, and answer with a refusal.
    const reply = replies.then(() => run('openssl', ['ts', '-reply', '-config', file('tsa.cnf'), '-queryfile', `${name}.tsq`, '-out', `${name}.tsr`]));
    replies = reply.catch(() => undefined);
    await reply;
    return readFileSync(`${name}.tsr`);
  };

  const answerStatus = async (query: Buffer): Promise<Buffer> => {
    const name = file(`ocsp-${++serial}`);
    writeFileSync(`${name}.req`, query);
    const signer = state.ocsp === 'forged' ? 'stranger' : 'ocsp';
    await run('openssl', ['ocsp', '-index', file('index.txt'), '-CA', file('issuing.pem'), '-rsigner', file(`${signer}.pem`), '-rkey', file(`${signer}.key`), '-ndays', '7', '-reqin', `${name}.req`, '-respout', `${name}.resp`, '-noverify']);
    return readFileSync(`${name}.resp`);
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    const address = decodeURIComponent(request.url ?? '/');
    const send = (type: string, bytes: Buffer): void => void response.setHeader('content-type', type).end(bytes);
    if (address.startsWith('/tsa')) {
      if (state.tsa === 'down') request.socket.destroy();
      else send('application/timestamp-reply', await answerTimestamp(body));
    } else if (address.startsWith('/ocsp')) {
      if (state.ocsp === 'down') request.socket.destroy();
      else send('application/ocsp-response', await answerStatus(request.method === 'GET' ? Buffer.from(address.slice('/ocsp/'.length), 'base64') : body));
    } else if (address.startsWith('/publish/')) {
      if (state.crl === 'down') request.socket.destroy();
      else send('application/pkix-crl', readFileSync(file(path.basename(address))));
    } else response.writeHead(404).end();
  };

  const server = createServer((request, response) => {
    state.requests++;
    answer(request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return Object.assign(state, {
    url,
    tsaUrl: `${url}/tsa`,
    ocspUrl: `${url}/ocsp`,
    publishUrl: `${url}/publish`,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  });
}
