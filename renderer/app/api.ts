import { decode, encode } from '../../preload/contract/codec.ts';
import type { Failure, Result } from '../../preload/contract/failure.ts';
import type { AppEvent, Bridge, Client } from '../../preload/contract/index.ts';
import { text } from '../../resources/language/language.ts';
import { noteBrowserKnown, noteLostSession } from './lost-session.ts';

declare global {
  interface Window {
    /** Exposed by the preload script in the desktop program; absent in a browser. */
    bridge?: Bridge;
  }
}

/** Milliseconds after which a call without an answer is a failure. Long work is a job, which answers at once. */
const ANSWER_WITHIN = 60_000;
const RECONNECT_AFTER = 3_000;

/** Whether the events of the program reach this window. `down` also means that marks are held here. */
export type Connection = 'unknown' | 'up' | 'down';

let connection: Connection = 'unknown';
const connectionListeners = new Set<(state: Connection) => void>();

export function currentConnection(): Connection {
  return connection;
}

/** Calls `listener` at every change between up and down; returns the way to stop. */
export function onConnection(listener: (state: Connection) => void): () => void {
  connectionListeners.add(listener);
  return () => { connectionListeners.delete(listener); };
}

function setConnection(state: Connection): void {
  if (state === connection) return;
  connection = state;
  for (const listener of connectionListeners) listener(state);
}

const sessionEndListeners = new Set<() => void>();

/** Calls `listener` when the program no longer knows who is signed in here: the session ran out, or the program was started anew. */
export function onSessionEnd(listener: () => void): () => void {
  sessionEndListeners.add(listener);
  return () => { sessionEndListeners.delete(listener); };
}

/** The failure of a call that got no answer: `lost` when nobody answered, `timeout` when it took too long. */
export function connectionFailure(kind: 'lost' | 'timeout'): Failure {
  return failureOf(`connection.${kind}`);
}

function failureOf(code: string): Failure {
  return {
    code,
    heading: text(`errors.${code}.heading`),
    what: text(`errors.${code}.what`),
    remedy: text(`errors.${code}.remedy`),
    batchCanContinue: false,
  };
}

export function isConnectionFailure(failure: Failure): boolean {
  return failure.code === 'connection.lost' || failure.code === 'connection.timeout';
}

function isResult(value: unknown): value is Result<unknown> {
  return typeof value === 'object' && value !== null && 'ok' in value && (value.ok === true ? 'value' in value : 'error' in value);
}

async function callOverHttp(name: string, input: unknown): Promise<Result<unknown>> {
  const response = await fetch(`/call/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'X-So-Truong': '1' },
    body: encode(input),
    credentials: 'same-origin',
  });
  if (response.status === 401) return { ok: false, error: await letInAgain() ? failureOf('call.signInFirst') : connectionFailure('lost') };
  if (!response.ok) return { ok: false, error: connectionFailure('lost') };
  noteBrowserKnown();
  const answer = decode(await response.text());
  return isResult(answer) ? answer : { ok: false, error: connectionFailure('lost') };
}

/**
 * The program was started anew and does not know this browser. On the school's network its front page lets a browser in, to sign in again; on
 * its own machine only the address it prints does.
 */
async function letInAgain(): Promise<boolean> {
  const isIn = await fetch('/', { credentials: 'same-origin' }).then(answer => answer.ok, () => false);
  noteLostSession(isIn ? 'signIn' : 'reopen');
  return isIn;
}

/** Events over server-sent events. A stream that the server closed (sign-out, restart) is opened anew: EventSource itself gives up on those. */
function eventsOverHttp(listener: (event: AppEvent) => void): () => void {
  let source: EventSource | null = null;
  let again: number | undefined;
  let stopped = false;
  const open = (): void => {
    source = new EventSource('/events');
    source.addEventListener('open', () => { setConnection('up'); });
    source.addEventListener('message', (message: MessageEvent<string>) => { listener(decode(message.data) as AppEvent); });
    source.addEventListener('error', () => {
      setConnection('down');
      if (source?.readyState !== EventSource.CLOSED || stopped) return;
      again = window.setTimeout(open, RECONNECT_AFTER);
      // Nobody may be typing: whether the program still knows this browser is asked all the same.
      void api.accounts.current({});
    });
  };
  open();
  return () => {
    stopped = true;
    window.clearTimeout(again);
    source?.close();
  };
}

const httpBridge: Bridge = { call: callOverHttp, on: eventsOverHttp };

/**
 * The contract as functions over `bridge`. Every call settles to a {@link Result}: a transport that throws becomes `connection.lost`,
 * one that stays silent for `answerWithin` milliseconds becomes `connection.timeout`.
 */
export function clientOver(bridge: Bridge, answerWithin = ANSWER_WITHIN): Client {
  const settle = (name: string, input: unknown): Promise<Result<unknown>> =>
    new Promise(resolve => {
      const timer = setTimeout(() => { resolve({ ok: false, error: connectionFailure('timeout') }); }, answerWithin);
      const answer = (result: Result<unknown>): void => {
        clearTimeout(timer);
        resolve(result);
        if (!result.ok && result.error.code === 'call.signInFirst') for (const listener of sessionEndListeners) listener();
      };
      bridge.call(name, input).then(answer, () => { answer({ ok: false, error: connectionFailure('lost') }); });
    });
  return new Proxy({}, {
    get: (_features, feature) => new Proxy({}, {
      get: (_calls, call) => (input: unknown) => settle(`${String(feature)}.${String(call)}`, input),
    }),
  }) as Client;
}

const bridge: Bridge = typeof window === 'undefined' ? httpBridge : window.bridge ?? httpBridge;

/** Every act the window can ask for: `await api.grades.saveMarks({…})`. Never rejects. */
export const api: Client = clientOver(bridge);

/** Listens to what changed and to jobs, from sign-in to sign-out; returns the way to stop. */
export function onEvent(listener: (event: AppEvent) => void): () => void {
  if (bridge !== httpBridge) setConnection('up');
  return bridge.on(listener);
}
