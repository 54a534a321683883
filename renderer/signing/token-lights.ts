import { text } from '../../resources/language/language.ts';
import type { WorkState } from '../kit/StateBadge.tsx';
import type { SigningSession } from './signing-session.ts';
import type { Tokens } from './useTokens.ts';

export const lightIds = ['driver', 'token', 'certificate', 'validity', 'pin', 'timestamp'] as const;
export type LightId = (typeof lightIds)[number];

/** One light: a state with a word, never a colour alone. */
export interface Light {
  id: LightId;
  state: WorkState;
  word: string;
}

/** Days before the end of a certificate from which a person is told. */
const SOON = 30;
const driverFaults: ReadonlySet<string> = new Set(['token.moduleMissing', 'token.moduleInvalid', 'token.moduleBitness', 'token.crashed', 'token.hung', 'token.driverFault']);

function word(key: string, params: Record<string, string | number> = {}): string {
  return text(`signing.screen.light.${key}`, params);
}

function driver({ module, modules, isSearching, failure }: Tokens): Omit<Light, 'id'> {
  if (isSearching && module === '') return { state: 'quiet', word: word('searching') };
  if (module === '') return { state: 'blocked', word: word('noDriver') };
  if (failure !== null && driverFaults.has(failure.code)) return { state: 'blocked', word: failure.heading };
  return { state: 'done', word: modules.find(one => one.path === module)?.name ?? module.split(/[\\/]/).at(-1) ?? module };
}

function token(tokens: Tokens, isDriverGood: boolean): Omit<Light, 'id'> {
  if (!isDriverGood) return { state: 'quiet', word: word('waits') };
  if (tokens.failure !== null) return { state: 'blocked', word: tokens.failure.heading };
  const shown = tokens.token ?? (tokens.tokens.length === 1 ? tokens.tokens[0] : undefined);
  if (tokens.tokens.length > 0) return { state: 'done', word: shown?.label ?? word('tokens', { count: tokens.tokens.length }) };
  return tokens.isLooking ? { state: 'quiet', word: word('searching') } : { state: 'blocked', word: word('noToken') };
}

function certificate(tokens: Tokens): Omit<Light, 'id'> {
  if (tokens.tokens.length === 0) return { state: 'quiet', word: word('waits') };
  if (tokens.certificate !== null) return { state: 'done', word: tokens.certificate.subject };
  return tokens.tokens.some(one => one.certificates.length > 0) ? { state: 'needs', word: word('chooseCertificate') } : { state: 'blocked', word: word('noCertificate') };
}

function validity({ certificate: chosen }: Tokens): Omit<Light, 'id'> {
  if (chosen === null) return { state: 'quiet', word: word('waits') };
  const [problem] = chosen.problems;
  if (problem !== undefined) return { state: 'blocked', word: problem };
  return { state: chosen.daysLeft <= SOON ? 'needs' : 'done', word: word('daysLeft', { days: chosen.daysLeft }) };
}

function pin({ token: chosen }: Tokens, session: SigningSession | null): Omit<Light, 'id'> {
  if (session !== null) return { state: 'done', word: word('opened') };
  if (chosen === null) return { state: 'quiet', word: word('waits') };
  const states: Record<typeof chosen.pin, WorkState> = { ok: 'done', low: 'needs', finalTry: 'needs', locked: 'blocked', toBeChanged: 'blocked' };
  return { state: states[chosen.pin], word: word(`pin.${chosen.pin}`) };
}

function timestamp(tsaUrl: string | null): Omit<Light, 'id'> {
  return tsaUrl === null ? { state: 'needs', word: word('noTimestamp') } : { state: 'done', word: URL.canParse(tsaUrl) ? new URL(tsaUrl).host : tsaUrl };
}

/** The six lights, in the order in which one needs the other. */
export function tokenLights(tokens: Tokens, session: SigningSession | null, tsaUrl: string | null): Light[] {
  const first = driver(tokens);
  return [
    { id: 'driver', ...first },
    { id: 'token', ...token(tokens, first.state === 'done') },
    { id: 'certificate', ...certificate(tokens) },
    { id: 'validity', ...validity(tokens) },
    { id: 'pin', ...pin(tokens, session) },
    { id: 'timestamp', ...timestamp(tsaUrl) },
  ];
}

/** Whether a PIN may be asked for: driver, token, certificate and its validity stand, the PIN is not locked. A timestamp may come later. */
export function mayOpen(lights: readonly Light[]): boolean {
  return lights.every(light => light.id === 'timestamp' || light.state === 'done' || (light.state === 'needs' && light.id !== 'certificate'));
}
