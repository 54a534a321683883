import { derMembers, readDer } from './asn1-der.ts';
import type { CertificateFacts } from './certificate-facts.ts';
import { readSignatureAlgorithm, signatureMatches } from './signature-algorithm.ts';

/** Longer than any Vietnamese chain (leaf, issuing, root, and a cross certificate). */
const MAX_LENGTH = 8;

/** True when `issuer` is named as issuer of `certificate` and its key made the signature on it. */
export function issuedBy(certificate: CertificateFacts, issuer: CertificateFacts): boolean {
  if (!certificate.issuerName.equals(issuer.subjectName)) return false;
  try {
    const [tbs, algorithm, signature] = derMembers(readDer(certificate.der));
    if (!tbs || !signature) return false;
    return signatureMatches(readSignatureAlgorithm(algorithm), tbs.raw, issuer.publicKey, signature.body.subarray(1));
  } catch {
    return false;
  }
}

/** The authorities above `leaf` that are among `candidates`, nearest first. The root is left out: whoever verifies must have it of his own. */
export function orderChain(leaf: CertificateFacts, candidates: CertificateFacts[]): CertificateFacts[] {
  const chain: CertificateFacts[] = [];
  let current = leaf;
  while (!current.selfIssued && chain.length < MAX_LENGTH) {
    const below = current;
    const issuer = candidates.find((candidate) => candidate.authority && candidate.sha256 !== below.sha256 && !chain.includes(candidate) && issuedBy(below, candidate));
    if (!issuer) break;
    if (!issuer.selfIssued) chain.push(issuer);
    current = issuer;
  }
  return chain;
}

export type ChainProblem = 'chainUntrusted' | 'chainAuthority' | 'chainExpired' | 'chainCritical';

export interface BuiltChain {
  /** From the leaf to the trust anchor; as far as it could be built when there is a problem. */
  path: CertificateFacts[];
  problems: ChainProblem[];
}

/**
 * Builds the path from `leaf` to one of `anchors` and checks it as of `at` (RFC 5280, 6.1, without policies and name constraints: a
 * certificate with critical constraints that are not understood is a problem). The leaf's own validity is the caller's business.
 */
export function buildChain(leaf: CertificateFacts, intermediates: CertificateFacts[], anchors: CertificateFacts[], at: Date): BuiltChain {
  let best: BuiltChain | undefined;
  const search = (path: CertificateFacts[]): void => {
    const current = path.at(-1) ?? leaf;
    const anchored = anchors.some(({ sha256 }) => sha256 === current.sha256);
    if (anchored) {
      const candidate = { path, problems: pathProblems(path, at) };
      if (!best || candidate.problems.length < best.problems.length) best = candidate;
      return;
    }
    if (path.length >= MAX_LENGTH || current.selfIssued) return;
    for (const issuer of [...anchors, ...intermediates]) {
      if (best?.problems.length === 0) return;
      if (!path.some(({ sha256 }) => sha256 === issuer.sha256) && issuedBy(current, issuer)) search([...path, issuer]);
    }
  };
  search([leaf]);
  return best ?? { path: [leaf, ...orderChain(leaf, intermediates)], problems: ['chainUntrusted'] };
}

function pathProblems(path: CertificateFacts[], at: Date): ChainProblem[] {
  const problems = new Set<ChainProblem>();
  for (const [index, certificate] of path.entries()) {
    if (certificate.unknownCritical.length > 0) problems.add('chainCritical');
    if (index === 0) continue;
    const { authority, keyUsage, pathLength, validFrom, validTo } = certificate;
    const belowAuthorities = path.slice(1, index).filter(({ selfIssued }) => !selfIssued).length;
    if (!authority || (keyUsage && !keyUsage.has('keyCertSign')) || (pathLength !== undefined && belowAuthorities > pathLength)) problems.add('chainAuthority');
    if (at < validFrom || at > validTo) problems.add('chainExpired');
  }
  return [...problems];
}

/** The certificates in PEM text, in order; other PEM blocks are passed over. */
export function pemCertificates(pem: string): Uint8Array[] {
  return [...pem.matchAll(/-----BEGIN (?:TRUSTED )?CERTIFICATE-----([\sA-Za-z0-9+/=]+)-----END/g)].map((block) => Buffer.from((block[1] ?? '').replaceAll(/\s/g, ''), 'base64'));
}
