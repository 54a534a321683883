import { X509Certificate } from 'node:crypto';
import path from 'node:path';
import type { TokenView } from '../../preload/contract/signing.ts';
import { text } from '../../resources/language/language.ts';
import type { TokenPort } from '../call/services.ts';
import { AppError } from '../kit/errors.ts';
import type { TokenChannel } from './token-channel.ts';
import { TokenClient } from './token-client.ts';
import { findTokenModules } from './token-modules.ts';
import type { TokenFacts, TokenSession } from './token-protocol.ts';

const IDLE_LIMIT_MS = 10 * 60 * 1000;

const pinStates = { ok: 'ok', low: 'low', 'final-try': 'finalTry', locked: 'locked', 'to-be-changed': 'toBeChanged' } as const;

/**
 * Answers the calls of kind `token` and serves the core's requests for signatures. A PIN passes through here to the token process and
 * is kept nowhere; a session nobody uses for ten minutes is closed.
 */
export class TokenDesk implements TokenPort {
  readonly #client: TokenClient;
  readonly #sessions = new Map<string, { session: TokenSession; idle: NodeJS.Timeout }>();

  constructor(openChannel: () => TokenChannel) {
    this.#client = new TokenClient(openChannel);
  }

  async call(name: string, input: unknown): Promise<unknown> {
    switch (name) {
      case 'signing.modules': return { modules: findTokenModules().filter(found => found.loadable).map(found => ({ path: found.file, name: `${found.name} (${path.basename(found.file)})` })) };
      case 'signing.tokens': return { tokens: await this.tokens((input as { module: string }).module) };
      case 'signing.openToken': {
        const { module, certificate, pin } = input as { module: string; certificate: string; pin: string };
        return this.open(module, certificate, pin);
      }
      case 'signing.closeToken': {
        await this.#drop((input as { session: string }).session);
        return { closed: true };
      }
      default: throw new AppError('call.unknown', { params: { name } });
    }
  }

  async tokens(module: string): Promise<TokenView[]> {
    return (await this.#client.list(module)).map(facts => tokenView(module, facts));
  }

  async open(module: string, certificate: string, pin: string): Promise<{ session: string; subject: string }> {
    const session = await this.#client.login(module, certificate.toLowerCase(), pin);
    this.#sessions.set(session.id, { session, idle: this.#idleTimer(session.id) });
    return { session: session.id, subject: commonName(session.certificate) };
  }

  async certificate(id: string): ReturnType<TokenPort['certificate']> {
    const { session } = this.#session(id);
    return { certificate: session.certificate, chain: session.chain, keyType: session.keyType };
  }

  async sign(id: string, bytes: Uint8Array): Promise<Uint8Array> {
    const found = this.#session(id);
    found.idle.refresh();
    return this.#client.sign(found.session.id, bytes);
  }

  async close(): Promise<void> {
    for (const { idle } of this.#sessions.values()) clearTimeout(idle);
    this.#sessions.clear();
    this.#client.close();
  }

  #session(id: string) {
    const found = this.#sessions.get(id);
    if (!found) throw new AppError('token.sessionEnded', { batchCanContinue: false });
    return found;
  }

  #idleTimer(id: string): NodeJS.Timeout {
    return setTimeout(() => { void this.#drop(id).catch(() => undefined); }, IDLE_LIMIT_MS).unref();
  }

  async #drop(id: string): Promise<void> {
    const found = this.#sessions.get(id);
    if (!found) return;
    clearTimeout(found.idle);
    this.#sessions.delete(id);
    await this.#client.logout(id);
  }
}

function commonName(certificate: Uint8Array): string {
  const line = new X509Certificate(certificate).subject.split('\n').find(part => part.startsWith('CN='));
  return line?.slice(3) ?? '';
}

export function tokenView(module: string, facts: TokenFacts): TokenView {
  return {
    module, label: facts.label, serial: facts.serial, model: facts.model, pin: pinStates[facts.pinState],
    certificates: facts.certificates.flatMap(found => found.keyType === 'other' ? [] : [{
      sha256: found.sha256, subject: found.subject.commonName, organisation: found.subject.organization, serial: found.serial, issuer: found.issuer,
      validFrom: found.validFrom, validTo: found.validTo, daysLeft: found.daysLeft, keyType: found.keyType,
      problems: found.problems.map(problem => text(`signing.certificateProblem.${problem}`)),
    }]),
  };
}
