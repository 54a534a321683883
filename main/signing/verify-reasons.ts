import { text } from '../../resources/language/language.ts';

export type VerifyStatus = 'valid' | 'warning' | 'invalid' | 'unknown' | 'unsigned';

/** What each finding means for the signature it was made on. `info` changes nothing. */
const SEVERITY = {
  // The bytes and the signature over them.
  contentChanged: 'invalid',
  signatureWrong: 'invalid',
  signerMissing: 'invalid',
  certificateSwapped: 'invalid',
  attributesWrong: 'invalid',
  byteRangeWrong: 'invalid',
  structureForged: 'invalid',
  fieldsRepeated: 'invalid',
  trailingBytes: 'invalid',
  changedAfterwards: 'invalid',
  certificationBroken: 'invalid',
  formatUnknown: 'unknown',
  revisionUnreadable: 'unknown',
  // The signer.
  chainUntrusted: 'unknown',
  chainCritical: 'unknown',
  chainAuthority: 'invalid',
  chainExpired: 'invalid',
  certificateExpired: 'invalid',
  certificateNotYetValid: 'invalid',
  certificateExpiredSince: 'warning',
  keyUsage: 'invalid',
  weakKey: 'warning',
  weakDigest: 'warning',
  revoked: 'invalid',
  revokedLater: 'warning',
  revocationUnreachable: 'warning',
  revocationUntrusted: 'warning',
  revocationNotOffered: 'warning',
  revocationNotChecked: 'info',
  // The time.
  timeUntrusted: 'info',
  timeInFuture: 'warning',
  timestampWrong: 'invalid',
  timestampUntrusted: 'warning',
  // What came later, and may.
  metadataChanged: 'warning',
} as const satisfies Record<string, 'info' | 'warning' | 'unknown' | 'invalid'>;

export type ReasonCode = keyof typeof SEVERITY;
/** All findings there are, for the catalogue's test. */
export const REASON_CODES = Object.keys(SEVERITY) as ReasonCode[];
export type Severity = (typeof SEVERITY)[ReasonCode];

export interface Reason {
  code: ReasonCode;
  severity: Severity;
  /** One sentence in the user's language. */
  text: string;
}

export function reason(code: ReasonCode, params: Record<string, string | number> = {}): Reason {
  return { code, severity: SEVERITY[code], text: text(`signing.reasons.${code}`, params) };
}

const ORDER: Severity[] = ['invalid', 'unknown', 'warning'];

/** The worst of the findings decides; without one that counts, the signature is valid. */
export function statusOf(reasons: Reason[]): Exclude<VerifyStatus, 'unsigned'> {
  const worst = ORDER.find((severity) => reasons.some((found) => found.severity === severity));
  return worst === undefined || worst === 'info' ? 'valid' : worst;
}

/** dd/mm/yyyy in Vietnam's time, as certificates are spoken of. */
export function printDay(date: Date): string {
  return date.toLocaleDateString('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' });
}
