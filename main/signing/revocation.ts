import { createHash } from 'node:crypto';
import * as pkijs from 'pkijs';
import { DER_NULL, derOctets, derOid, derSequence, readDer } from './asn1-der.ts';
import { issuedBy } from './certificate-chain.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { EKU, readCertificate } from './certificate-facts.ts';
import { DIGESTS } from './cms-oids.ts';
import { readSignatureAlgorithm, signatureMatches } from './signature-algorithm.ts';

/**
 * `unreachable`: nobody answered. `untrusted`: an answer came that does not hold (wrong signer, too old). `notOffered`: the certificate
 * names no service. None of these says that the certificate is good.
 */
export type RevocationAnswer = { status: 'good' } | { status: 'revoked'; at: Date; keyCompromise: boolean } | { status: 'unreachable' } | { status: 'untrusted' } | { status: 'notOffered' };

/** Clock difference allowed between us and the service. */
const SKEW = 5 * 60_000;
const MAX_ANSWER = 20 * 1024 * 1024;
/** CRLReason 1 and 2: key and authority compromise. */
const COMPROMISE = new Set([1, 2]);

/** Asks OCSP first, then the CRL (RFC 6960, RFC 5280), over plain HTTP as authorities publish them: the answers are signed. Answers are kept while this object lives. */
export class RevocationChecker {
  private readonly timeout: number;
  private readonly answers = new Map<string, Promise<RevocationAnswer>>();
  private readonly lists = new Map<string, Promise<Uint8Array>>();

  /** `timeout` in milliseconds for one address. */
  constructor(timeout = 6_000) {
    this.timeout = timeout;
  }

  /** Never throws. Ask only for certificates of a trusted chain: the addresses are theirs. */
  check(certificate: CertificateFacts, issuer: CertificateFacts, now: Date): Promise<RevocationAnswer> {
    const key = `${certificate.sha256}:${issuer.sha256}`;
    let answer = this.answers.get(key);
    if (!answer) {
      answer = this.ask(certificate, issuer, now);
      this.answers.set(key, answer);
    }
    return answer;
  }

  private async ask(certificate: CertificateFacts, issuer: CertificateFacts, now: Date): Promise<RevocationAnswer> {
    const ocsp = certificate.ocspUrls.filter(isHttp).map((url) => () => this.askOcsp(url, certificate, issuer, now));
    const crl = certificate.crlUrls.filter(isHttp).map((url) => () => this.askCrl(url, certificate, issuer, now));
    let result: RevocationAnswer = { status: 'notOffered' };
    for (const attempt of [...ocsp, ...crl]) {
      let answer: RevocationAnswer;
      try {
        answer = await attempt();
      } catch (thrown) {
        answer = { status: thrown instanceof Unreachable ? 'unreachable' : 'untrusted' };
      }
      if (answer.status === 'good' || answer.status === 'revoked') return answer;
      if (result.status !== 'untrusted') result = answer;
    }
    return result;
  }

  private async askOcsp(url: string, certificate: CertificateFacts, issuer: CertificateFacts, now: Date): Promise<RevocationAnswer> {
    const body = ocspRequest(certificate, issuer);
    const bytes = await this.fetch(url, { method: 'POST', headers: { 'content-type': 'application/ocsp-request' }, body: Uint8Array.from(body) });
    return readOcspAnswer(bytes, certificate, issuer, now);
  }

  private async askCrl(url: string, certificate: CertificateFacts, issuer: CertificateFacts, now: Date): Promise<RevocationAnswer> {
    let list = this.lists.get(url);
    if (!list) {
      list = this.fetch(url, {});
      this.lists.set(url, list);
    }
    return readCrl(await list, certificate, issuer, now);
  }

  private async fetch(url: string, init: RequestInit): Promise<Uint8Array> {
    try {
      const response = await fetch(url, { ...init, signal: AbortSignal.timeout(this.timeout) });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      const bytes = new Uint8Array(await response.arrayBuffer());
      if (bytes.length > MAX_ANSWER) throw new Error('answer too long');
      return bytes;
    } catch (cause) {
      throw new Unreachable(url, { cause });
    }
  }
}

class Unreachable extends Error {}

function isHttp(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** CertID with SHA-1, which is what responders index by; it names the certificate and protects nothing. No nonce: answers are often made in advance. */
function ocspRequest(certificate: CertificateFacts, issuer: CertificateFacts): Buffer {
  const id = derSequence(derSequence(derOid('1.3.14.3.2.26'), DER_NULL), derOctets(sha1(issuer.subjectName)), derOctets(sha1(issuer.publicKeyBits)), certificate.serialNumber);
  return derSequence(derSequence(derSequence(derSequence(id))));
}

function sha1(bytes: Uint8Array): Buffer {
  return createHash('sha1').update(bytes).digest();
}

/** Throws when the answer is no answer; what it says is believed only from the authority or someone it appointed for this. */
function readOcspAnswer(bytes: Uint8Array, certificate: CertificateFacts, issuer: CertificateFacts, now: Date): RevocationAnswer {
  const response = pkijs.OCSPResponse.fromBER(Uint8Array.from(bytes));
  if (response.responseStatus.valueBlock.valueDec !== 0 || !response.responseBytes) return { status: 'unreachable' };
  const basic = pkijs.BasicOCSPResponse.fromBER(Uint8Array.from(response.responseBytes.response.valueBlock.valueHexView));
  const signer = ocspSigner(basic, issuer, now);
  const signed = signer && signatureMatches(readSignatureAlgorithm(readDer(toDer(basic.signatureAlgorithm))), basic.tbsResponseData.tbsView, signer.publicKey, basic.signature.valueBlock.valueHexView);
  if (!signed) return { status: 'untrusted' };
  for (const single of basic.tbsResponseData.responses) {
    if (!Buffer.from(single.certID.serialNumber.toBER()).equals(certificate.serialNumber) || !namesIssuer(single.certID, issuer)) continue;
    if (single.thisUpdate.getTime() > now.getTime() + SKEW || (single.nextUpdate && single.nextUpdate.getTime() < now.getTime() - SKEW)) return { status: 'untrusted' };
    return readOcspStatus(single);
  }
  return { status: 'untrusted' };
}

/** certStatus: [0] good, [1] revoked { time, [0] reason }, [2] unknown to the responder. */
function readOcspStatus(single: pkijs.SingleResponse): RevocationAnswer {
  const { certStatus } = single as { certStatus: { idBlock: { tagNumber: number }; valueBlock: { value?: { toDate?(): Date; valueBlock: { value?: { valueBlock: { valueDec: number } }[] } }[] } } };
  if (certStatus.idBlock.tagNumber === 0) return { status: 'good' };
  if (certStatus.idBlock.tagNumber !== 1) return { status: 'untrusted' };
  const [time, why] = certStatus.valueBlock.value ?? [];
  return { status: 'revoked', at: time?.toDate?.() ?? single.thisUpdate, keyCompromise: COMPROMISE.has(why?.valueBlock.value?.[0]?.valueBlock.valueDec ?? -1) };
}

/** The authority itself, or a certificate it issued for signing OCSP answers (RFC 6960, 4.2.2.2). */
function ocspSigner(basic: pkijs.BasicOCSPResponse, issuer: CertificateFacts, now: Date): CertificateFacts | undefined {
  const included = (basic.certs ?? []).map((certificate) => readCertificate(toDer(certificate)));
  const appointed = included.filter((facts) => facts.extendedKeyUsage?.includes(EKU.ocspSigning) && now >= facts.validFrom && now <= facts.validTo && issuedBy(facts, issuer));
  const id = basic.tbsResponseData.responderID as { typesAndValues?: unknown; toSchema?(): { toBER(): ArrayBuffer }; valueBlock?: { valueHexView: Uint8Array } };
  return [issuer, ...appointed].find((facts) => {
    if (id.typesAndValues && id.toSchema) return Buffer.from(id.toSchema().toBER()).equals(facts.subjectName);
    return id.valueBlock !== undefined && sha1(facts.publicKeyBits).equals(id.valueBlock.valueHexView);
  });
}

function namesIssuer(id: pkijs.CertID, issuer: CertificateFacts): boolean {
  const digest = DIGESTS[id.hashAlgorithm.algorithmId];
  return digest !== undefined && createHash(digest).update(issuer.publicKeyBits).digest().equals(id.issuerKeyHash.valueBlock.valueHexView);
}

function readCrl(bytes: Uint8Array, certificate: CertificateFacts, issuer: CertificateFacts, now: Date): RevocationAnswer {
  const crl = pkijs.CertificateRevocationList.fromBER(Uint8Array.from(bytes));
  const fromIssuer = Buffer.from(crl.issuer.toSchema().toBER()).equals(issuer.subjectName) && (!issuer.keyUsage || issuer.keyUsage.has('cRLSign'));
  const signed = signatureMatches(readSignatureAlgorithm(readDer(toDer(crl.signatureAlgorithm))), crl.tbsView, issuer.publicKey, crl.signatureValue.valueBlock.valueHexView);
  const fresh = crl.thisUpdate.value.getTime() <= now.getTime() + SKEW && (!crl.nextUpdate || crl.nextUpdate.value.getTime() >= now.getTime() - SKEW);
  if (!fromIssuer || !signed || !fresh) return { status: 'untrusted' };
  const entry = crl.revokedCertificates?.find(({ userCertificate }) => Buffer.from(userCertificate.toBER()).equals(certificate.serialNumber));
  if (!entry) return { status: 'good' };
  const why = entry.crlEntryExtensions?.extensions.find(({ extnID }) => extnID === '2.5.29.21');
  const code = why ? (readDer(why.extnValue.valueBlock.valueHexView).body[0] ?? -1) : -1;
  return { status: 'revoked', at: entry.revocationDate.value, keyCompromise: COMPROMISE.has(code) };
}

function toDer(part: { toSchema(): { toBER(): ArrayBuffer } }): Buffer {
  return Buffer.from(part.toSchema().toBER());
}
