import { parentPort, workerData } from 'node:worker_threads';
import type { TokenPort } from '../call/services.ts';
import { AppError, toFailure } from '../kit/errors.ts';
import type { CoreWorkerData, FromCore, ToCore } from './core-messages.ts';
import { watchOverdue } from '../gradebook/overdue-watch.ts';
import { createCore, type Core } from './create-core.ts';
import type { Answer } from './program.ts';

/** The worker thread that holds the database and the services. */
const port = parentPort;
if (!port) throw new Error('core.ts runs as a worker thread');
const data = workerData as CoreWorkerData;
const post = (message: FromCore) => { port.postMessage(message); };

let asked = 0;
const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (fault: Error) => void }>();
const ask = (method: keyof TokenPort, ...args: unknown[]): Promise<unknown> =>
  new Promise((resolve, reject) => {
    asked += 1;
    waiting.set(asked, { resolve, reject });
    post({ kind: 'token', id: asked, method, args });
  });
const token: TokenPort = {
  certificate: async session => (await ask('certificate', session)) as Awaited<ReturnType<TokenPort['certificate']>>,
  sign: async (session, bytes) => (await ask('sign', session, bytes)) as Uint8Array,
};

function receive(core: Core, message: ToCore): void {
  switch (message.kind) {
    case 'call': {
      const session = core.door.sessions.find(message.caller.sessionToken);
      const result = core.door.call(message.name, message.input, session);
      const answer: Answer = { result };
      if (message.name === 'accounts.signIn' && result.ok) {
        const { sessionToken, ...view } = result.value as { sessionToken?: string | null };
        answer.sessionToken = sessionToken ?? null;
        answer.result = { ok: true, value: view };
      }
      if (message.name === 'accounts.signOut' && result.ok) answer.sessionToken = null;
      post({ kind: 'answer', id: message.id, answer });
      return;
    }
    case 'authorise':
      post({ kind: 'authorised', id: message.id, refusal: core.door.refusal(message.name, core.door.sessions.find(message.caller.sessionToken)) });
      return;
    case 'running':
      post({ kind: 'runningJobs', id: message.id, count: core.door.jobs.running });
      return;
    case 'close':
      void core.close().then(() => { post({ kind: 'closed', id: message.id }); port?.close(); });
      return;
    case 'tokenAnswer': {
      const waiter = waiting.get(message.id);
      waiting.delete(message.id);
      if (message.ok) waiter?.resolve(message.value);
      else waiter?.reject(new AppError(message.code, { params: message.params, batchCanContinue: message.batchCanContinue }));
      return;
    }
  }
}

try {
  const core = await createCore({ ...data, token });
  core.door.on((event, to) => { post({ kind: 'event', event, to }); });
  port.on('message', (message: ToCore) => { receive(core, message); });
  watchOverdue(core.door);
  post({ kind: 'ready' });
} catch (fault) {
  post({ kind: 'failed', error: toFailure(fault) });
  port.close();
}
