import { PackageError, type PackageFault } from '../main/sync/package-format.ts';

/** An answer other than "received". `body` is the JSON the caller gets; nothing of the package has been stored. */
export class Refusal extends Error {
  readonly status: number;
  readonly body: { code: string; where?: string; expected?: number };

  constructor(status: number, body: { code: string; where?: string; expected?: number }) {
    super(`${status} ${body.code}`);
    this.name = 'Refusal';
    this.status = status;
    this.body = body;
  }
}

export type RefusalCode = PackageFault | 'packageSha256' | 'previous' | 'journalGap';

export function unprocessable(code: RefusalCode, where: string): Refusal {
  return new Refusal(422, { code, where });
}

/** What is wrong with a package, as an answer; null for a fault that is not the package's. */
export function refusalOf(fault: unknown): Refusal | null {
  if (fault instanceof Refusal) return fault;
  if (!(fault instanceof PackageError)) return null;
  return new Refusal(fault.fault === 'tooLarge' ? 413 : 422, { code: fault.fault, where: fault.where });
}
