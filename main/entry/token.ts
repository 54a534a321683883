import { TokenProcess } from '../signing/token-process.ts';
import type { TokenReply, TokenRequest } from '../signing/token-protocol.ts';

/** What Electron's utilityProcess gives its child in place of Node's `process.send`. */
interface ParentPort {
  on(event: 'message', listener: (event: { data: TokenRequest }) => void): void;
  postMessage(reply: TokenReply): void;
}

const tokens = new TokenProcess();
const { parentPort } = process as { parentPort?: ParentPort };

if (parentPort) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
  parentPort.on('message', ({ data }) => parentPort.postMessage(tokens.answer(data)));
} else {
  process.on('message', (request: TokenRequest) => process.send?.(tokens.answer(request)));
  process.on('disconnect', () => {
    tokens.close();
    process.exit(0);
  });
}
