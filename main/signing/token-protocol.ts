/**
 * What the program and its token process say to each other. Plain values and byte arrays only, so that the same messages pass over
 * child_process IPC and over Electron's utilityProcess.
 */
export type PinState = 'ok' | 'low' | 'final-try' | 'locked' | 'to-be-changed';

/** A certificate as read from the chip, without a PIN. Times are ISO 8601. */
export interface TokenCertificate {
  /** Thumbprint: SHA-256 of the certificate, lower-case hex. */
  sha256: string;
  subject: { commonName: string; organization: string; unit: string };
  issuer: string;
  serial: string;
  validFrom: string;
  validTo: string;
  /** Whole days; negative once expired. */
  daysLeft: number;
  keyType: 'rsa' | 'ecdsa' | 'other';
  /** Empty when the certificate may sign today, as far as it tells by itself. */
  problems: ('expired' | 'notYetValid' | 'keyUsage' | 'keyType')[];
}

export interface TokenFacts {
  label: string;
  serial: string;
  model: string;
  manufacturer: string;
  pinState: PinState;
  /** The PIN is typed on the reader itself; none may be sent. */
  pinPad: boolean;
  certificates: TokenCertificate[];
}

export interface TokenSession {
  id: string;
  certificate: Uint8Array;
  /** Certificates of authorities found on the token, in no order. */
  chain: Uint8Array[];
  keyType: 'rsa' | 'ecdsa';
}

/** Every act of the token process: what it takes and what it answers. */
export interface TokenActs {
  list: { input: { module: string }; output: TokenFacts[] };
  /** `pin` is UTF-8; empty for a pin pad. */
  login: { input: { module: string; certSha256: string; pin: Uint8Array }; output: TokenSession };
  /** `tbs` is what is signed, not its hash: the token process hashes with SHA-256. Output: RSA PKCS#1 v1.5, or ECDSA as DER. */
  sign: { input: { sessionId: string; tbs: Uint8Array }; output: Uint8Array };
  logout: { input: { sessionId: string }; output: null };
}

export type TokenAct = keyof TokenActs;

export type TokenRequest = { [A in TokenAct]: { id: number; act: A; input: TokenActs[A]['input'] } }[TokenAct];

/** A named failure that crosses the process boundary; the program's side turns it back into an AppError. */
export interface TokenFailure {
  code: string;
  params: Record<string, string | number>;
  batchCanContinue: boolean;
}

export type TokenReply = { id: number; ok: true; output: TokenActs[TokenAct]['output'] } | { id: number; ok: false; failure: TokenFailure };
