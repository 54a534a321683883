import type { CdpSession } from './cdp-client.ts';
import { toChromium } from './double-place.ts';
import type { SessionDouble } from './double-session.ts';

export interface PausedRequest {
  requestId: string;
  frameId: string;
  resourceType: string;
  request: { url: string; method: string; postData?: string; headers: Record<string, string> };
}

/** Answers one request of a page: what `webRequest` cancels fails, what the session's own scheme serves is served, the rest goes on. */
export async function answerRequest(page: CdpSession, { requestId, request }: PausedRequest, url: string, session: SessionDouble): Promise<void> {
  if (/^(blob|data|about):/.test(url)) {
    await page.send('Fetch.continueRequest', { requestId });
    return;
  }
  if (await session.isBlocked(url)) {
    await page.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  const body = request.postData === undefined ? {} : { body: request.postData };
  const answer = await session.serve(new Request(url, { method: request.method, headers: request.headers, ...body }));
  if (answer === null) await page.send('Fetch.continueRequest', { requestId });
  else await fulfil(page, requestId, answer);
}

async function fulfil(page: CdpSession, requestId: string, answer: Response): Promise<void> {
  const isHtml = answer.headers.get('content-type')?.startsWith('text/html') ?? false;
  const bytes = Buffer.from(await answer.arrayBuffer());
  // Addresses of our scheme inside a page and in its policy must be those Chromium knows here.
  const body = isHtml ? Buffer.from(toChromium(bytes.toString('utf8')), 'utf8') : bytes;
  await page.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: answer.status,
    responseHeaders: [...answer.headers].map(([name, value]) => ({ name, value: toChromium(value) })),
    body: body.toString('base64'),
  });
}
