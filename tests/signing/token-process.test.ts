import { fork } from 'node:child_process';
import { createPublicKey, verify } from 'node:crypto';
import { readFileSync, renameSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { toFailure } from '../../main/kit/errors.ts';
import { readCertificate } from '../../main/signing/certificate-facts.ts';
import type { PreflightOptions } from '../../main/signing/preflight.ts';
import { preflightToken } from '../../main/signing/preflight.ts';
import { RevocationChecker } from '../../main/signing/revocation.ts';
import type { UtilityProcessLike } from '../../main/signing/token-channel.ts';
import { forkTokenProcess, tokenProcessFile, utilityTokenProcess } from '../../main/signing/token-channel.ts';
import type { TokenClientOptions } from '../../main/signing/token-client.ts';
import { TokenClient } from '../../main/signing/token-client.ts';
import type { TokenReply } from '../../main/signing/token-protocol.ts';
import type { SigningWorld } from '../fake/tokens.ts';
import { buildSigningWorld, PIN } from '../fake/tokens.ts';

let world: SigningWorld;
let fault: ReturnType<SigningWorld['faultModule']>;
beforeAll(async () => {
  world = await buildSigningWorld();
  fault = world.faultModule();
});
afterAll(() => world.close());

function openClient(env: NodeJS.ProcessEnv = world.env, options: TokenClientOptions = {}): TokenClient {
  const client = new TokenClient(() => forkTokenProcess({ env }), options);
  onTestFinished(() => client.close());
  return client;
}

/** A client whose driver shows the faults of `lines`; they are cleared when the test ends. */
function openFaulty(lines: string, options: TokenClientOptions = {}): TokenClient {
  fault.control(lines);
  onTestFinished(() => fault.control(''));
  return openClient(fault.env, options);
}

function failing(code: string): unknown {
  return expect.objectContaining({ code, batchCanContinue: false });
}

function loginAttempts(): number {
  try {
    return readFileSync(`${String(fault.env.PKCS11_FAULT_CONTROL)}.logins`).length;
  } catch {
    return 0;
  }
}

const TBS = Buffer.from('dữ liệu sẽ ký');

describe('before anyone types a PIN', () => {
  test('every token shows its label, PIN state and certificates', async () => {
    const tokens = await openClient().list(world.module);
    expect(tokens.map(({ label, pinState, pinPad }) => ({ label, pinState, pinPad })).toSorted((a, b) => a.label.localeCompare(b.label))).toEqual([
      { label: 'CON DAU', pinState: 'ok', pinPad: false },
      { label: 'GIAO VIEN', pinState: 'ok', pinPad: false },
      { label: 'HIEU TRUONG', pinState: 'ok', pinPad: false },
    ]);
    const seal = tokens.find(({ label }) => label === 'CON DAU')?.certificates;
    expect(seal).toEqual([
      expect.objectContaining({
        sha256: world.certificates.seal.sha256,
        subject: { commonName: 'TRƯỜNG THCS LÊ QUÝ ĐÔN', organization: 'Trường THCS Lê Quý Đôn', unit: 'Văn thư' },
        issuer: 'CA cấp chứng thư giả lập',
        keyType: 'ecdsa',
        daysLeft: 699,
        problems: [],
      }),
    ]);
  });

  test('certificates that must not sign are shown with their problem', async () => {
    const tokens = await openClient().list(world.module);
    const problems = new Map(tokens.flatMap(({ certificates }) => certificates.map(({ sha256, problems: found }) => [sha256, found])));
    expect(problems.get(world.certificates.expired.sha256)).toEqual(['expired']);
    expect(problems.get(world.certificates.notYetValid.sha256)).toEqual(['notYetValid']);
    expect(problems.get(world.certificates.keyUsage.sha256)).toEqual(['keyUsage']);
    expect(problems.get(world.certificates.principal.sha256)).toEqual([]);
  });
});

describe('signing', () => {
  test.each(['homeroom', 'principal', 'principalEc', 'seal'] as const)('%s signs with the key on the token', async (name) => {
    const client = openClient();
    const session = await client.login(world.module, world.certificates[name].sha256, PIN);
    expect(Buffer.from(session.certificate).equals(Buffer.from(world.certificates[name].der))).toBe(true);
    expect(session.chain.map((der) => Buffer.from(der).equals(Buffer.from(world.pki.issuing)))).toEqual([true]);
    const signature = await client.sign(session.id, TBS);
    expect(verify('sha256', TBS, readCertificate(session.certificate).publicKey, signature)).toBe(true);
    expect(verify('sha256', Buffer.from('khác'), readCertificate(session.certificate).publicKey, signature)).toBe(false);
  });

  test('a key that asks for the PIN every time gets it every time, from one prompt', async () => {
    const client = openFaulty('');
    const session = await client.login(fault.module, world.certificates.alwaysAsks.sha256, PIN);
    const before = loginAttempts();
    for (let i = 0; i < 3; i++) {
      const key = createPublicKey(readCertificate(session.certificate).x509.publicKey.export({ type: 'spki', format: 'pem' }));
      expect(verify('sha256', TBS, key, await client.sign(session.id, TBS))).toBe(true);
    }
    expect(loginAttempts() - before).toBe(3);
  });

  test('after logout the session signs no more', async () => {
    const client = openClient();
    const session = await client.login(world.module, world.certificates.principal.sha256, PIN);
    await client.logout(session.id);
    await expect(client.sign(session.id, TBS)).rejects.toEqual(failing('token.sessionEnded'));
  });

  test('a second certificate of the same token does not ride on the first PIN', async () => {
    const client = openClient();
    await client.login(world.module, world.certificates.principal.sha256, PIN);
    await expect(client.login(world.module, world.certificates.principalEc.sha256, '000000')).rejects.toEqual(failing('token.pinIncorrect'));
  });

  test('the PIN bytes are wiped in the program once sent', async () => {
    const client = openClient();
    const pin = Buffer.from(PIN);
    const login = client.login(world.module, world.certificates.seal.sha256, pin);
    expect([...pin]).toEqual(Array.from({ length: PIN.length }, () => 0));
    await expect(login).resolves.toMatchObject({ keyType: 'ecdsa' });
  });
});

describe('a wrong PIN costs one try', () => {
  test('one attempt reaches the chip, and the message says how many are left', async () => {
    const client = openFaulty('tries 2\n');
    const before = loginAttempts();
    const refused = await client.login(fault.module, world.certificates.principal.sha256, '000000').catch((error: unknown) => error);
    expect(refused).toEqual(failing('token.pinIncorrect'));
    expect(toFailure(refused).what).toBe('Thiết bị HIEU TRUONG không nhận mã PIN vừa nhập. Chỉ còn MỘT lần thử: sai nữa là thiết bị bị khóa.');
    expect(loginAttempts() - before).toBe(1);
    expect((await client.list(fault.module)).map(({ pinState }) => pinState)).toContain('final-try');
  });

  test('a locked token is refused without asking the chip again, even with the right PIN', async () => {
    const client = openFaulty('tries 2\n');
    const attempt = (pin: string): Promise<unknown> => client.login(fault.module, world.certificates.principal.sha256, pin);
    await expect(attempt('000000')).rejects.toEqual(failing('token.pinIncorrect'));
    await expect(attempt('000000')).rejects.toEqual(failing('token.pinLocked'));
    const before = loginAttempts();
    await expect(attempt(PIN)).rejects.toEqual(failing('token.pinLocked'));
    expect(loginAttempts()).toBe(before);
  });

  test('an unknown fault of the driver is never called a wrong PIN', async () => {
    const client = openFaulty('login_err 80000123\n');
    const refused = await client.login(fault.module, world.certificates.principal.sha256, PIN).catch((error: unknown) => error);
    expect(refused).toEqual(failing('token.driverFault'));
    expect(toFailure(refused).what).toContain('0x80000123');
  });

  test.each([
    ['a3', 'token.pinExpired'],
    ['a2', 'token.pinFormat'],
    ['102', 'token.pinNotSet'],
    ['50', 'token.cancelled'],
    ['e0', 'token.removed'],
    ['5', 'token.driverFault'],
  ])('login answered with 0x%s is %s', async (code, name) => {
    await expect(openFaulty(`login_err ${code}\n`).login(fault.module, world.certificates.principal.sha256, PIN)).rejects.toEqual(failing(name));
  });
});

describe('the token is pulled out', () => {
  test.each(['82', '5', '30', '32', 'e0', 'b3'])('a driver that says so with 0x%s stops the batch, and a new PIN resumes it', async (code) => {
    const client = openFaulty('');
    const session = await client.login(fault.module, world.certificates.principal.sha256, PIN);
    await client.sign(session.id, TBS);
    fault.control(`sign_err ${code}\n`);
    await expect(client.sign(session.id, TBS)).rejects.toEqual(failing('token.removed'));
    fault.control('');
    await expect(client.sign(session.id, TBS)).rejects.toEqual(failing('token.sessionEnded'));
    const again = await client.login(fault.module, world.certificates.principal.sha256, PIN);
    expect(await client.sign(again.id, TBS)).toHaveLength(256);
  });

  test('with SoftHSM unplugged for real: gone from the list, and usable again after it is back', async () => {
    const client = openClient();
    const session = await client.login(world.module, world.certificates.principal.sha256, PIN);
    renameSync(world.tokenFolder, `${world.tokenFolder}-gone`);
    try {
      await expect(client.sign(session.id, TBS)).rejects.toEqual(failing('token.removed'));
    } finally {
      renameSync(`${world.tokenFolder}-gone`, world.tokenFolder);
    }
    const again = await client.login(world.module, world.certificates.principal.sha256, PIN);
    expect(await client.sign(again.id, TBS)).toHaveLength(256);
  });

  test('a certificate that is on no token plugged in is refused before any PIN is sent', async () => {
    const client = openFaulty('');
    const before = loginAttempts();
    await expect(client.login(fault.module, 'ab'.repeat(32), PIN)).rejects.toEqual(failing('token.certificateMissing'));
    expect(loginAttempts()).toBe(before);
  });
});

function rightNow(): PreflightOptions {
  return { now: new Date(), trust: world.pki.rootPem, revocation: new RevocationChecker() };
}

describe('under Electron', () => {
  /** `process.parentPort` as utilityProcess gives it, carried over the IPC of a plain child process. */
  const PARENT_PORT = `process.parentPort = { on: (_, listener) => process.on('message', (data) => listener({ data })), postMessage: (reply) => process.send(reply) };`;

  test('the same process answers over a parent port, and its end is told', async () => {
    const child = fork(tokenProcessFile(), [], { serialization: 'advanced', env: world.env, execArgv: ['--import', `data:text/javascript,${encodeURIComponent(PARENT_PORT)}`] });
    const utility: UtilityProcessLike = {
      postMessage: (request) => void child.send(request),
      on: (_, listener) => child.on('message', (reply) => listener(reply as TokenReply)),
      once: (_, listener) => child.once('exit', (code) => listener(code ?? -1)),
      kill: () => child.kill('SIGKILL'),
    };
    const client = new TokenClient(() => utilityTokenProcess(utility));
    const session = await client.login(world.module, world.certificates.principalEc.sha256, PIN);
    expect(verify('sha256', TBS, readCertificate(session.certificate).publicKey, await client.sign(session.id, TBS))).toBe(true);
    const pending = expect(client.list(world.module)).rejects.toEqual(failing('token.crashed'));
    child.kill('SIGKILL');
    await pending;
  });
});

describe('just before a batch', () => {
  test('the certificate is read from the slot again and asked about', async () => {
    const client = openClient();
    const session = await client.login(world.module, world.certificates.seal.sha256, PIN);
    expect(await preflightToken(client, world.module, session, rightNow())).toEqual({ daysLeft: 699, warnings: [] });
  });

  test.each([
    ['expired', 'signing.certificateExpired'],
    ['notYetValid', 'signing.certificateNotYetValid'],
    ['keyUsage', 'signing.certificateKeyUsage'],
    ['revoked', 'signing.certificateRevoked'],
  ] as const)('the token would sign with one that is %s; the program does not', async (name, code) => {
    const client = openClient();
    const session = await client.login(world.module, world.certificates[name].sha256, PIN);
    expect(await client.sign(session.id, TBS)).toHaveLength(256);
    await expect(preflightToken(client, world.module, session, rightNow())).rejects.toEqual(failing(code));
  });

  test('a token that was changed for another one is noticed', async () => {
    const client = openClient();
    const session = await client.login(world.module, world.certificates.seal.sha256, PIN);
    const other = { ...session, certificate: world.pki.issuing };
    await expect(preflightToken(client, world.module, other, rightNow())).rejects.toEqual(failing('token.certificateMissing'));
  });
});

describe('a driver that crashes or hangs costs one error', () => {
  test('crash: one named error, and the next request starts a new process', async () => {
    const client = openFaulty('');
    const session = await client.login(fault.module, world.certificates.principal.sha256, PIN);
    fault.control('crash 1\n');
    await expect(client.sign(session.id, TBS)).rejects.toEqual(failing('token.crashed'));
    fault.control('');
    expect(await client.list(fault.module)).toHaveLength(3);
    await expect(client.sign(session.id, TBS)).rejects.toEqual(failing('token.sessionEnded'));
  });

  test('hang: the process is ended, requests behind it fail too, and the next starts a new one', async () => {
    const client = openFaulty('', { timeouts: { sign: 400 } });
    const session = await client.login(fault.module, world.certificates.principal.sha256, PIN);
    fault.control('sign_ms 600000\n');
    const [first, second] = await Promise.allSettled([client.sign(session.id, TBS), client.sign(session.id, TBS)]);
    expect([first, second]).toEqual([expect.objectContaining({ reason: failing('token.hung') }), expect.objectContaining({ reason: failing('token.hung') })]);
    fault.control('');
    expect(await client.list(fault.module)).toHaveLength(3);
  });

  test('a slow token is waited for', async () => {
    const client = openFaulty('', { timeouts: { sign: 5_000 } });
    const session = await client.login(fault.module, world.certificates.principal.sha256, PIN);
    fault.control('sign_ms 300\n');
    expect(await Promise.all([client.sign(session.id, TBS), client.sign(session.id, TBS)])).toHaveLength(2);
  });
});
