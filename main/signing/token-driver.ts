import { createHash } from 'node:crypto';
import path from 'node:path';
import pkcs11 from 'pkcs11js';
import type { Handle, Mechanism, PKCS11, Template, TokenInfo } from 'pkcs11js';
import { AppError } from '../kit/errors.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { readCertificate } from './certificate-facts.ts';
import { ecdsaRawToDer } from './ecdsa-form.ts';
import { isTokenGone } from './token-faults.ts';
import { checkTokenModule } from './token-module-check.ts';
import type { PinState } from './token-protocol.ts';

/** DigestInfo of SHA-256 up to the hash itself (RFC 8017, 9.2, note 1). */
const DIGEST_INFO_SHA256 = Buffer.from('3031300d060960864801650304020105000420', 'hex');

export interface TokenSlot {
  slot: Handle;
  label: string;
  serial: string;
  model: string;
  manufacturer: string;
  pinState: PinState;
  pinPad: boolean;
}

export interface CertificateOnToken {
  facts: CertificateFacts;
  /** CKA_ID, which pairs the certificate with its key. */
  keyId: Buffer;
}

export interface TokenKey {
  handle: Handle;
  keyType: 'rsa' | 'ecdsa';
  mechanism: number;
  /** CKA_ALWAYS_AUTHENTICATE: the chip wants the PIN again before every signature. */
  alwaysAuthenticate: boolean;
}

/** One vendor driver, loaded. Calls block, and may crash or hang the process: that is why this runs in a process of its own. */
export class TokenDriver {
  readonly file: string;
  private readonly native: PKCS11;
  private running = false;

  constructor(file: string) {
    checkTokenModule(file);
    this.file = file;
    this.native = new pkcs11.PKCS11();
    try {
      this.native.load(file);
    } catch (cause) {
      throw new AppError('token.moduleInvalid', { params: { file: path.basename(file) }, batchCanContinue: false, cause });
    }
  }

  /** Initialises when it is not yet. Without CKF_OS_LOCKING_OK some drivers crash as soon as a second thread appears. */
  start(): void {
    if (this.running) return;
    this.native.C_Initialize({ flags: pkcs11.CKF_OS_LOCKING_OK });
    this.running = true;
  }

  /** After a token was pulled out, most drivers see it again only after this and a new {@link start}. */
  stop(): void {
    if (!this.running) return;
    this.running = false;
    try {
      this.native.C_Finalize();
    } catch {
      // A driver that lost its token may refuse even this; the next start tells whether it still works.
    }
  }

  slots(): TokenSlot[] {
    return this.native
      .C_GetSlotList(true)
      .map((slot) => this.slotFacts(slot))
      .filter((slot) => slot !== undefined);
  }

  pinState(slot: Handle): PinState | undefined {
    try {
      return readPinState(this.native.C_GetTokenInfo(slot).flags);
    } catch {
      return undefined;
    }
  }

  /** Undefined for a reader whose card is blank, foreign or just leaving: it must not hide the tokens beside it. */
  private slotFacts(slot: Handle): TokenSlot | undefined {
    let info: TokenInfo;
    try {
      info = this.native.C_GetTokenInfo(slot);
    } catch (thrown) {
      if (isTokenGone(thrown)) return undefined;
      throw thrown;
    }
    if (!(info.flags & pkcs11.CKF_TOKEN_INITIALIZED)) return undefined;
    return {
      slot,
      label: cleanText(info.label),
      serial: cleanText(info.serialNumber),
      model: cleanText(info.model),
      manufacturer: cleanText(info.manufacturerID),
      pinState: readPinState(info.flags),
      pinPad: (info.flags & pkcs11.CKF_PROTECTED_AUTHENTICATION_PATH) !== 0,
    };
  }

  openSession(slot: Handle): Handle {
    return this.native.C_OpenSession(slot, pkcs11.CKF_SERIAL_SESSION);
  }

  closeSession(session: Handle): void {
    this.native.C_CloseSession(session);
  }

  /** Verifies the PIN on the chip, once. `pin` undefined lets the reader's own keypad ask. */
  login(session: Handle, pin: string | undefined): void {
    if (pin === undefined) this.native.C_Login(session, pkcs11.CKU_USER);
    else this.native.C_Login(session, pkcs11.CKU_USER, pin);
  }

  logout(session: Handle): void {
    this.native.C_Logout(session);
  }

  /** Certificates readable without PIN. What does not parse as one is left out: some chips keep private data in such objects. */
  certificates(session: Handle): CertificateOnToken[] {
    const found: CertificateOnToken[] = [];
    for (const handle of this.find(session, [{ type: pkcs11.CKA_CLASS, value: pkcs11.CKO_CERTIFICATE }])) {
      try {
        found.push({ facts: readCertificate(this.attribute(session, handle, pkcs11.CKA_VALUE)), keyId: this.attribute(session, handle, pkcs11.CKA_ID) });
      } catch {
        continue;
      }
    }
    return found;
  }

  /** The private key paired with a certificate; undefined when the token has none (visible only after login). */
  privateKey(session: Handle, slot: Handle, keyId: Buffer): TokenKey | undefined {
    const [handle] = this.find(session, [
      { type: pkcs11.CKA_CLASS, value: pkcs11.CKO_PRIVATE_KEY },
      { type: pkcs11.CKA_ID, value: keyId },
    ]);
    if (!handle) return undefined;
    const keyType = this.attribute(session, handle, pkcs11.CKA_KEY_TYPE).readUInt32LE(0) === pkcs11.CKK_EC ? 'ecdsa' : 'rsa';
    return { handle, keyType, mechanism: this.mechanism(slot, keyType), alwaysAuthenticate: this.flag(session, handle, pkcs11.CKA_ALWAYS_AUTHENTICATE) };
  }

  /** Signs the SHA-256 of `tbs`. `contextPin` is sent again for a key that always asks. */
  sign(session: Handle, key: TokenKey, tbs: Uint8Array, contextPin: string | undefined): Uint8Array {
    const mechanism: Mechanism = { mechanism: key.mechanism };
    this.native.C_SignInit(session, mechanism, key.handle);
    if (key.alwaysAuthenticate) {
      if (contextPin === undefined) this.native.C_Login(session, pkcs11.CKU_CONTEXT_SPECIFIC);
      else this.native.C_Login(session, pkcs11.CKU_CONTEXT_SPECIFIC, contextPin);
    }
    const hash = (): Buffer => createHash('sha256').update(tbs).digest();
    const input = key.mechanism === pkcs11.CKM_SHA256_RSA_PKCS ? Buffer.from(tbs) : key.keyType === 'rsa' ? Buffer.concat([DIGEST_INFO_SHA256, hash()]) : hash();
    const signature = this.native.C_Sign(session, input, Buffer.alloc(1024));
    return key.keyType === 'rsa' ? Uint8Array.from(signature) : ecdsaRawToDer(signature);
  }

  /** CKM_RSA_PKCS sends 51 bytes to the chip whatever is signed; a few drivers offer only the variant that hashes by itself. */
  private mechanism(slot: Handle, keyType: 'rsa' | 'ecdsa'): number {
    if (keyType === 'ecdsa') return pkcs11.CKM_ECDSA;
    const offered = this.native.C_GetMechanismList(slot);
    return !offered.includes(pkcs11.CKM_RSA_PKCS) && offered.includes(pkcs11.CKM_SHA256_RSA_PKCS) ? pkcs11.CKM_SHA256_RSA_PKCS : pkcs11.CKM_RSA_PKCS;
  }

  private find(session: Handle, template: Template): Handle[] {
    this.native.C_FindObjectsInit(session, template);
    try {
      return this.native.C_FindObjects(session, 100);
    } finally {
      this.native.C_FindObjectsFinal(session);
    }
  }

  private attribute(session: Handle, handle: Handle, type: number): Buffer {
    const value = this.native.C_GetAttributeValue(session, handle, [{ type }])[0]?.value;
    return Buffer.isBuffer(value) ? value : Buffer.alloc(0);
  }

  /** False also when the driver does not know the attribute. */
  private flag(session: Handle, handle: Handle, type: number): boolean {
    try {
      return this.attribute(session, handle, type)[0] === 1;
    } catch {
      return false;
    }
  }
}

function readPinState(flags: number): PinState {
  if (flags & pkcs11.CKF_USER_PIN_LOCKED) return 'locked';
  if (flags & pkcs11.CKF_USER_PIN_FINAL_TRY) return 'final-try';
  if (flags & pkcs11.CKF_USER_PIN_COUNT_LOW) return 'low';
  return flags & pkcs11.CKF_USER_PIN_TO_BE_CHANGED ? 'to-be-changed' : 'ok';
}

/** Fields of the standard are padded with blanks; some drivers pad with zeros. */
function cleanText(padded: string): string {
  return padded.replaceAll('\0', '').trim();
}
