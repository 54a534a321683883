import { randomUUID } from 'node:crypto';
import type { Handle } from 'pkcs11js';
import { AppError } from '../kit/errors.ts';
import type { CertificateOnToken, TokenKey, TokenSlot } from './token-driver.ts';
import { certificateProblems, daysLeft } from './certificate-facts.ts';
import { TokenDriver } from './token-driver.ts';
import { CKR_USER_ALREADY_LOGGED_IN, driverCode, tokenFault, toTokenFailure } from './token-faults.ts';
import type { TokenActs, TokenCertificate, TokenFacts, TokenReply, TokenRequest, TokenSession } from './token-protocol.ts';

interface OpenSession {
  driver: TokenDriver;
  session: Handle;
  tokenSerial: string;
  key: TokenKey;
  /**
   * Only for a key that asks for the PIN before every signature (CKA_ALWAYS_AUTHENTICATE), and only while logged in. A JavaScript
   * string cannot be wiped, so the bytes are kept and wiped, and a string exists for the length of one call.
   */
  pin: Uint8Array | undefined;
}

/**
 * The work of the token process: vendor drivers and nothing else. It answers one request at a time, because a chip does one thing
 * at a time. PINs are neither written anywhere nor kept, but for the case described at {@link OpenSession.pin}.
 */
export class TokenProcess {
  private readonly drivers = new Map<string, TokenDriver>();
  private readonly sessions = new Map<string, OpenSession>();

  /** Never throws: every fault becomes a named failure. */
  answer(request: TokenRequest): TokenReply {
    try {
      return { id: request.id, ok: true, output: this.act(request) };
    } catch (thrown) {
      return { id: request.id, ok: false, failure: toTokenFailure(thrown) };
    }
  }

  private act(request: TokenRequest): TokenActs[TokenRequest['act']]['output'] {
    switch (request.act) {
      case 'list':
        return this.list(request.input.module);
      case 'login':
        return this.login(request.input);
      case 'sign':
        return this.sign(request.input);
      case 'logout':
        this.logout(request.input.sessionId);
        return null;
      default:
        throw new AppError('token.driverFault', { params: { fault: 'unknown request' } });
    }
  }

  private driver(file: string): TokenDriver {
    let driver = this.drivers.get(file);
    if (!driver) {
      driver = new TokenDriver(file);
      this.drivers.set(file, driver);
    }
    driver.start();
    return driver;
  }

  private list(file: string): TokenFacts[] {
    const now = new Date();
    try {
      const driver = this.driver(file);
      return driver.slots().map((slot) => ({ ...describeSlot(slot), certificates: this.readCertificates(driver, slot).map((found) => describeCertificate(found, now)) }));
    } catch (thrown) {
      throw tokenFault(thrown, 'list');
    }
  }

  private readCertificates(driver: TokenDriver, slot: TokenSlot): CertificateOnToken[] {
    const session = driver.openSession(slot.slot);
    try {
      return driver.certificates(session).filter(({ facts }) => !facts.authority);
    } finally {
      driver.closeSession(session);
    }
  }

  private login({ module, certSha256, pin }: TokenActs['login']['input']): TokenSession {
    try {
      const driver = this.driver(module);
      // Slot numbers move when readers are plugged, so the certificate is looked up on the chip each time.
      for (const slot of driver.slots()) {
        const session = driver.openSession(slot.slot);
        const certificates = driver.certificates(session);
        const chosen = certificates.find(({ facts }) => facts.sha256 === certSha256.toLowerCase());
        if (chosen) return this.openKey(driver, slot, session, chosen, certificates, pin);
        driver.closeSession(session);
      }
    } catch (thrown) {
      throw tokenFault(thrown, 'login');
    } finally {
      pin.fill(0);
    }
    throw new AppError('token.certificateMissing', { params: { sha256: certSha256 }, batchCanContinue: false });
  }

  private openKey(driver: TokenDriver, slot: TokenSlot, session: Handle, chosen: CertificateOnToken, certificates: CertificateOnToken[], pin: Uint8Array): TokenSession {
    const params = { token: slot.label };
    try {
      if (slot.pinState === 'locked') throw new AppError('token.pinLocked', { params, batchCanContinue: false });
      this.endSessionsOf(slot.serial);
      this.verifyPin(driver, slot, session, pin);
      const key = driver.privateKey(session, slot.slot, chosen.keyId);
      if (!key) throw new AppError('token.keyMissing', { params, batchCanContinue: false });
      const id = randomUUID();
      this.sessions.set(id, { driver, session, tokenSerial: slot.serial, key, pin: key.alwaysAuthenticate && !slot.pinPad ? Uint8Array.from(pin) : undefined });
      const chain = certificates.filter(({ facts }) => facts.authority).map(({ facts }) => Uint8Array.from(facts.der));
      return { id, certificate: Uint8Array.from(chosen.facts.der), chain, keyType: key.keyType };
    } catch (thrown) {
      closeQuietly(driver, session);
      throw thrown;
    }
  }

  /** One attempt, never a second: the counter is on the chip. */
  private verifyPin(driver: TokenDriver, slot: TokenSlot, session: Handle, pin: Uint8Array): void {
    const attempt = (): void => driver.login(session, slot.pinPad ? undefined : Buffer.from(pin.buffer, pin.byteOffset, pin.length).toString('utf8'));
    try {
      try {
        attempt();
      } catch (thrown) {
        if (driverCode(thrown) !== CKR_USER_ALREADY_LOGGED_IN) throw thrown;
        // The driver did not look at the PIN: someone was logged in. Out, then the one real attempt.
        driver.logout(session);
        attempt();
      }
    } catch (thrown) {
      throw tokenFault(thrown, 'login', { token: slot.label, pinState: driver.pinState(slot.slot) ?? slot.pinState });
    }
  }

  private sign({ sessionId, tbs }: TokenActs['sign']['input']): Uint8Array {
    const open = this.sessions.get(sessionId);
    if (!open) throw new AppError('token.sessionEnded', { batchCanContinue: false });
    try {
      const pin = open.pin && Buffer.from(open.pin.buffer, open.pin.byteOffset, open.pin.length).toString('utf8');
      return open.driver.sign(open.session, open.key, tbs, pin);
    } catch (thrown) {
      const fault = tokenFault(thrown, 'sign');
      // A driver that has lost its token recovers only through a fresh start; the PIN is then needed again.
      if (fault.code === 'token.removed') this.forgetDriver(open.driver);
      else this.logout(sessionId);
      throw fault;
    }
  }

  private logout(sessionId: string): void {
    const open = this.sessions.get(sessionId);
    if (!open) return;
    this.sessions.delete(sessionId);
    open.pin?.fill(0);
    try {
      open.driver.logout(open.session);
    } catch {
      // Closing ends the login as well; a token that is gone has ended it already.
    }
    closeQuietly(open.driver, open.session);
  }

  /** Login is per token, not per session: a second certificate of the same token must not ride on the first one's PIN. */
  private endSessionsOf(tokenSerial: string): void {
    for (const [id, open] of this.sessions) if (open.tokenSerial === tokenSerial) this.logout(id);
  }

  private forgetDriver(driver: TokenDriver): void {
    for (const [id, open] of this.sessions) {
      if (open.driver !== driver) continue;
      open.pin?.fill(0);
      this.sessions.delete(id);
    }
    driver.stop();
  }

  /** Logs out everywhere and releases the drivers. */
  close(): void {
    for (const id of this.sessions.keys()) this.logout(id);
    for (const driver of this.drivers.values()) driver.stop();
  }
}

function describeSlot(slot: TokenSlot): Omit<TokenFacts, 'certificates'> {
  const { label, serial, model, manufacturer, pinState, pinPad } = slot;
  return { label, serial, model, manufacturer, pinState, pinPad };
}

function describeCertificate({ facts }: CertificateOnToken, now: Date): TokenCertificate {
  return {
    sha256: facts.sha256,
    subject: facts.subject,
    issuer: facts.issuer.commonName,
    serial: facts.serial,
    validFrom: facts.validFrom.toISOString(),
    validTo: facts.validTo.toISOString(),
    daysLeft: daysLeft(facts, now),
    keyType: facts.keyType,
    problems: certificateProblems(facts, now),
  };
}

function closeQuietly(driver: TokenDriver, session: Handle): void {
  try {
    driver.closeSession(session);
  } catch {
    // Already closed by the driver.
  }
}
