import { generateKeyPairSync, sign as signWithKey, X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { toFailure } from '../../main/kit/errors.ts';
import { preflightCertificate } from '../../main/signing/preflight.ts';
import { RevocationChecker } from '../../main/signing/revocation.ts';
import { signPdf, timestampPdf } from '../../main/signing/sign-pdf.ts';
import type { Signer } from '../../main/signing/signer.ts';
import { softwareSigner } from '../../main/signing/signer.ts';
import type { SignatureReport } from '../../main/signing/verify-pdf.ts';
import { verifyPdf } from '../../main/signing/verify-pdf.ts';
import { judge } from './pdf-judges.ts';
import { issueCertificate } from './rogue-certificate.ts';
import { paperWithFields } from './sample-papers.ts';
import type { SoftwareWorld } from './software-people.ts';
import { buildSoftwareWorld } from './software-people.ts';

let world: SoftwareWorld;
beforeAll(async () => {
  world = await buildSoftwareWorld();
});
beforeEach(() => {
  Object.assign(world.servers, { tsa: 'ok', ocsp: 'ok', crl: 'ok' });
});
afterAll(() => world.close());

const DAY = 86_400_000;

async function sign(signer: Signer, options: { time?: Date; timestamp?: boolean } = {}): Promise<Uint8Array> {
  const tsa = options.timestamp ? { tsa: { url: world.servers.tsaUrl } } : {};
  return (await signPdf({ pdf: paperWithFields(), field: 'principal', signer, name: 'Hạnh', reason: 'Ký', location: 'Huế', time: options.time ?? new Date(), ...tsa })).pdf;
}

async function verified(pdf: Uint8Array, options: { now?: Date; trust?: string; checkRevocation?: boolean } = {}): Promise<SignatureReport> {
  const report = await verifyPdf(pdf, { trust: options.trust ?? world.pki.rootPem, now: options.now ?? new Date(), checkRevocation: options.checkRevocation ?? true });
  const [signature] = report.signatures;
  if (!signature) throw new Error('no signature found');
  expect(report.status).toBe(signature.status);
  return signature;
}

function codes({ reasons }: SignatureReport): string[] {
  return reasons.map(({ code }) => code);
}

describe('software certificates', () => {
  test.each(['rsa', 'ec'] as const)('a PKCS#12 file with an %s key signs what OpenSSL accepts', async (kind) => {
    const signer = await world.person({}, kind);
    expect(new X509Certificate(signer.certificate).subject).toContain('CN=Nguyễn Thị Hồng Hạnh');
    expect(signer.chain.map((der) => Buffer.from(der).equals(Buffer.from(world.pki.issuing)))).toEqual([true]);
    const pdf = await sign(signer, { timestamp: true });
    expect((await judge(pdf, world.pki.rootFile)).cms).toEqual([expect.objectContaining({ ok: true })]);
    expect(await verified(pdf)).toMatchObject({ status: 'valid', timeTrusted: true, reasons: [] });
  });

  test('a wrong password, a broken file and a file without key are told apart', async () => {
    const certificate = await world.pki.issue({ commonName: 'Hạnh', publicKey: world.keys.rsa.publicKey });
    const file = world.pki.pkcs12('one', certificate, world.keys.rsa.privateKey, 'đúng');
    expect(() => softwareSigner(file, 'sai')).toThrow(expect.objectContaining({ code: 'signing.passwordWrong' }));
    expect(() => softwareSigner(file.subarray(0, 400), 'đúng')).toThrow(expect.objectContaining({ code: 'signing.pkcs12Unreadable' }));
    expect(() => softwareSigner(Buffer.from('không phải'), 'đúng')).toThrow(expect.objectContaining({ code: 'signing.pkcs12Unreadable' }));
    expect(softwareSigner(file, 'đúng').keyType).toBe('rsa');
  });
});

describe('who signed', () => {
  test('a certificate that had expired before signing', async () => {
    const report = await verified(await sign(await world.person({ from: -400, to: -10 })));
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('certificateExpired');
    expect(report.reasons.find(({ code }) => code === 'certificateExpired')?.text).toMatch(/^Chứng thư số đã hết hạn \(ngày \d\d\/\d\d\/\d{4}\) trước lúc ký\.$/);
  });

  test('a certificate that was not valid yet', async () => {
    const report = await verified(await sign(await world.person({ from: 30, to: 400 })));
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('certificateNotYetValid');
  });

  test('a certificate issued for something else', async () => {
    const report = await verified(await sign(await world.person({ usage: 'keyEncipherment' })));
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('keyUsage');
  });

  test('a certificate of an authority that is not trusted is unknown, not valid', async () => {
    const stranger = await buildSoftwareWorld();
    try {
      const pdf = await sign(await stranger.person());
      expect(await verified(pdf)).toMatchObject({ status: 'unknown', signer: 'Nguyễn Thị Hồng Hạnh' });
      expect(await verified(pdf, { trust: '' })).toMatchObject({ status: 'unknown' });
      expect(await verified(pdf, { trust: stranger.pki.rootPem })).toMatchObject({ status: 'valid' });
    } finally {
      await stranger.close();
    }
  });

  test('a person cannot issue certificates to others', async () => {
    const person = await world.person();
    const victim = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const forged = issueCertificate(person.certificate, world.keys.rsa.privateKey, victim.publicKey, 'Hiệu trưởng giả');
    const signer: Signer = { certificate: forged, chain: [person.certificate, ...person.chain], keyType: 'rsa', sign: (tbs) => Promise.resolve(signWithKey('sha256', tbs, victim.privateKey)) };
    const report = await verified(await sign(signer));
    expect(report.status).toBe('invalid');
    expect(codes(report)).toContain('chainAuthority');
  });
});

describe('revocation', () => {
  test('a revoked certificate makes the signature invalid, by OCSP and by CRL alike', async () => {
    const signer = await world.person();
    const pdf = await sign(signer);
    expect((await verified(pdf)).status).toBe('valid');
    await world.pki.revoke(signer.certificate);
    expect(await verified(pdf)).toMatchObject({ status: 'invalid', reasons: expect.arrayContaining([expect.objectContaining({ code: 'revoked' })]) });
    world.servers.ocsp = 'down';
    expect(codes(await verified(pdf))).toContain('revoked');
  });

  test('with OCSP down the CRL answers; with both down it is a warning', async () => {
    const pdf = await sign(await world.person());
    world.servers.ocsp = 'down';
    expect(await verified(pdf)).toMatchObject({ status: 'valid' });
    world.servers.crl = 'down';
    const report = await verified(pdf);
    expect(report.status).toBe('warning');
    expect(codes(report)).toContain('revocationUnreachable');
  });

  test('an OCSP answer signed by someone else is not believed', async () => {
    const pdf = await sign(await world.person());
    Object.assign(world.servers, { ocsp: 'forged', crl: 'down' });
    const report = await verified(pdf);
    expect(report.status).toBe('warning');
    expect(codes(report)).toContain('revocationUntrusted');
  });

  test('old answers are not believed', async () => {
    const pdf = await sign(await world.person());
    const report = await verified(pdf, { now: new Date(Date.now() + 30 * DAY) });
    expect(report.status).toBe('warning');
    expect(codes(report)).toContain('revocationUntrusted');
  });

  test('a certificate without services is a warning; not asking at all is said, too', async () => {
    const pdf = await sign(await world.person({ silent: true }));
    expect(await verified(pdf)).toMatchObject({ status: 'warning', reasons: expect.arrayContaining([expect.objectContaining({ code: 'revocationNotOffered' })]) });
    expect(await verified(pdf, { checkRevocation: false })).toMatchObject({ status: 'valid', reasons: expect.arrayContaining([expect.objectContaining({ code: 'revocationNotChecked', severity: 'info' })]) });
  });
});

describe('when it was signed', () => {
  test('without a timestamp the time is the signer’s own word', async () => {
    const time = new Date('2026-11-20T01:02:03Z');
    const report = await verified(await sign(await world.person(), { time }), { now: new Date('2026-11-22T08:00:00Z'), checkRevocation: false });
    expect(report).toMatchObject({ status: 'valid', time: '2026-11-20T01:02:03.000Z', timeTrusted: false });
  });

  test('a time ahead of this computer is a warning', async () => {
    const report = await verified(await sign(await world.person(), { time: new Date(Date.now() + 2 * DAY) }));
    expect(report.status).toBe('warning');
    expect(codes(report)).toContain('timeInFuture');
  });

  test('years later, only a timestamp keeps the signature of an expired certificate valid', async () => {
    const signer = await world.person({ to: 100 });
    const later = new Date(Date.now() + 200 * DAY);
    const bare = await verified(await sign(signer), { now: later, checkRevocation: false });
    expect(bare.status).toBe('warning');
    expect(codes(bare)).toContain('certificateExpiredSince');
    const stamped = await verified(await sign(signer, { timestamp: true }), { now: later, checkRevocation: false });
    expect(stamped).toMatchObject({ status: 'valid', timeTrusted: true });
  });

  test('a timestamp does not save a certificate whose key was stolen', async () => {
    const signer = await world.person();
    const pdf = await sign(signer, { timestamp: true });
    await world.pki.revoke(signer.certificate, new Date(Date.now() + 60_000));
    expect(codes(await verified(pdf))).toContain('revoked');
  });

  test('a timestamp of an unknown service is a warning and proves no time', async () => {
    const stranger = await buildSoftwareWorld();
    try {
      const { pdf } = await signPdf({ pdf: paperWithFields(), field: 'seal', signer: await world.person(), name: '', reason: '', location: '', time: new Date(), tsa: { url: stranger.servers.tsaUrl } });
      const report = await verified(pdf);
      expect(report).toMatchObject({ status: 'warning', timeTrusted: false });
      expect(codes(report)).toContain('timestampUntrusted');
    } finally {
      await stranger.close();
    }
  });
});

function check(signer: Signer, revocation?: RevocationChecker): ReturnType<typeof preflightCertificate> {
  return preflightCertificate(signer.certificate, signer.chain, { now: new Date(), trust: world.pki.rootPem, ...(revocation ? { revocation } : {}) });
}

describe('a timestamp that had to wait', () => {
  test('is fetched later for the whole file, only appends, and proves the time of every signature', async () => {
    const signer = await world.person({ to: 100 });
    const first = await signPdf({ pdf: paperWithFields(), field: 'homeroom', signer, name: '', reason: '', location: '', time: new Date() });
    const second = await signPdf({ pdf: first.pdf, field: 'principal', signer, name: '', reason: '', location: '', time: new Date() });
    const stamped = await timestampPdf(second.pdf, { url: world.servers.tsaUrl });
    expect(Buffer.from(stamped.subarray(0, second.pdf.length)).equals(second.pdf)).toBe(true);
    const outside = await judge(stamped, world.pki.rootFile);
    expect(outside.sound).toBe(true);
    expect(outside.pdfsig).toContain('Total document signed');
    const report = await verifyPdf(stamped, { trust: world.pki.rootPem, now: new Date(Date.now() + 200 * DAY), checkRevocation: false });
    expect(report).toMatchObject({
      status: 'valid',
      signatures: [
        { role: 'homeroom', status: 'valid', timeTrusted: true, changesAfter: [{ kind: 'fieldSigned' }, { kind: 'fieldAdded', detail: 'timestamp-1' }] },
        { role: 'principal', status: 'valid', timeTrusted: true },
        { role: 'timestamp', status: 'valid', timeTrusted: true, signer: 'Dấu thời gian giả lập' },
      ],
    });
  });

  test('fetched after the certificate ended it proves nothing', async () => {
    const { pdf } = await signPdf({ pdf: paperWithFields(), field: 'principal', signer: await world.person({ from: -400, to: -10 }), name: '', reason: '', location: '', time: new Date(Date.now() - 20 * DAY) });
    const report = await verifyPdf(await timestampPdf(pdf, { url: world.servers.tsaUrl }), { trust: world.pki.rootPem, now: new Date(), checkRevocation: false });
    expect(report).toMatchObject({ status: 'warning', signatures: [{ timeTrusted: false, reasons: expect.arrayContaining([expect.objectContaining({ code: 'certificateExpiredSince' })]) }, { status: 'valid' }] });
  });

  test('while the service is down the paper keeps waiting', async () => {
    const pdf = await sign(await world.person());
    world.servers.tsa = 'down';
    await expect(timestampPdf(pdf, { url: world.servers.tsaUrl })).rejects.toMatchObject({ code: 'signing.tsaUnreachable' });
  });
});

describe('before signing', () => {
  test('a good certificate passes, with its days left', async () => {
    expect(await check(await world.person(), new RevocationChecker())).toEqual({ daysLeft: 699, warnings: [] });
  });

  test.each([
    ['expired', { from: -400, to: -10 }, 'signing.certificateExpired'],
    ['not yet valid', { from: 30, to: 400 }, 'signing.certificateNotYetValid'],
    ['for another use', { usage: 'keyEncipherment' as const }, 'signing.certificateKeyUsage'],
  ])('one that is %s stops the batch before the PIN is asked', async (_, request, code) => {
    await expect(check(await world.person(request))).rejects.toMatchObject({ code, batchCanContinue: false });
  });

  test('a revoked one stops it too, in words the user understands', async () => {
    const signer = await world.person();
    await world.pki.revoke(signer.certificate, new Date('2026-11-01T00:00:00Z'));
    const refused = await check(signer, new RevocationChecker()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'signing.certificateRevoked', batchCanContinue: false });
    expect(toFailure(refused).what).toBe('Chứng thư số của Nguyễn Thị Hồng Hạnh bị thu hồi từ ngày 01/11/2026.');
  });

  test('when nobody can be asked, signing goes on with a warning', async () => {
    Object.assign(world.servers, { ocsp: 'down', crl: 'down' });
    expect((await check(await world.person(), new RevocationChecker())).warnings).toEqual([expect.objectContaining({ code: 'revocationUnreachable' })]);
  });
});
