import { AppError } from '../kit/errors.ts';
import type { TokenFailure } from './token-protocol.ts';

/** Return values of PKCS#11 2.40 that mean something to a person. All others stay a number. */
const CKR = {
  generalError: 5,
  deviceError: 48,
  deviceRemoved: 50,
  functionCanceled: 80,
  keyFunctionNotPermitted: 104,
  objectHandleInvalid: 130,
  pinIncorrect: 160,
  pinInvalid: 161,
  pinLength: 162,
  pinExpired: 163,
  pinLocked: 164,
  sessionClosed: 176,
  sessionHandleInvalid: 179,
  tokenNotPresent: 224,
  tokenNotRecognized: 225,
  userNotLoggedIn: 257,
  userPinNotInitialized: 258,
} as const;

export const CKR_USER_ALREADY_LOGGED_IN = 256;

/** In the middle of signing, these are how drivers say that the token was pulled out (measured; no driver says it in one way only). */
const GONE_WHILE_SIGNING = new Set<number>([CKR.objectHandleInvalid, CKR.generalError, CKR.deviceError, CKR.deviceRemoved, CKR.tokenNotPresent, CKR.sessionHandleInvalid, CKR.sessionClosed, CKR.userNotLoggedIn]);
/** Before a session exists, only these are sure; a general error may be anything and stays one. */
const GONE = new Set<number>([CKR.deviceRemoved, CKR.tokenNotPresent, CKR.tokenNotRecognized]);

/**
 * The PKCS#11 return value behind a thrown value, or undefined. pkcs11js reports it in two forms: an error with a numeric `code`,
 * and a plain `Error("CKR_…:181")`, also for vendor codes of 0x80000000 and above, with an empty or unknown name.
 */
export function driverCode(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const { code } = thrown as { code?: unknown };
  if (typeof code === 'number' && code > 0) return code;
  const printed = /\b(?:CKR_\w*|Unknown error|0x[0-9a-f]+)[^\d]{0,3}(\d+)/i.exec(thrown.message);
  return printed ? Number(printed[1]) : undefined;
}

/**
 * The named failure for a driver's complaint. A wrong PIN is only what the driver calls so: any other fault shown as one would make
 * people burn the few tries of the chip.
 */
export function tokenFault(thrown: unknown, during: 'list' | 'login' | 'sign', params: Record<string, string | number> = {}): AppError {
  if (thrown instanceof AppError) return thrown;
  const code = driverCode(thrown);
  const fail = (name: string, extra: Record<string, string | number> = {}): AppError => new AppError(`token.${name}`, { params: { ...params, ...extra }, batchCanContinue: false, cause: thrown });
  switch (code) {
    case CKR.pinIncorrect:
      return fail('pinIncorrect');
    case CKR.pinLocked:
      return fail('pinLocked');
    case CKR.pinInvalid:
    case CKR.pinLength:
      return fail('pinFormat');
    case CKR.pinExpired:
      return fail('pinExpired');
    case CKR.userPinNotInitialized:
      return fail('pinNotSet');
    case CKR.functionCanceled:
      return fail('cancelled');
    case CKR.keyFunctionNotPermitted:
      return fail('keyForbidden');
    case undefined:
      return fail('driverFault', { fault: thrown instanceof Error ? thrown.message : String(thrown) });
    default:
      if ((during === 'sign' ? GONE_WHILE_SIGNING : GONE).has(code)) return fail('removed', { fault: printCode(code) });
      return fail('driverFault', { fault: printCode(code) });
  }
}

/** The driver says for sure that there is no usable token in the reader. */
export function isTokenGone(thrown: unknown): boolean {
  const code = driverCode(thrown);
  return code !== undefined && GONE.has(code);
}

/** As manuals print it: `0x000000A0`. */
export function printCode(code: number): string {
  return `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
}

export function toTokenFailure(thrown: unknown): TokenFailure {
  const error = thrown instanceof AppError ? thrown : new AppError('token.driverFault', { params: { fault: thrown instanceof Error ? thrown.message : String(thrown) }, batchCanContinue: false });
  return { code: error.code, params: error.params, batchCanContinue: error.batchCanContinue };
}

export function fromTokenFailure(failure: TokenFailure): AppError {
  return new AppError(failure.code, { params: failure.params, batchCanContinue: failure.batchCanContinue });
}
