import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { readCms } from '../../main/signing/cms-read.ts';
import { runTool, withTempFile } from './outside-tools.ts';

/** What programs that are not ours say about a signed PDF. */
export interface Judgement {
  /** qpdf --check found nothing. */
  sound: boolean;
  /** One entry per signature, in file order. */
  cms: { ok: boolean; output: string }[];
  pdfsig: string;
  mutool: string;
}

/** Byte ranges and contents found by looking at the raw bytes, independent of our reader. */
export function rawSignatures(pdf: Uint8Array): { range: number[]; cms: Buffer; covered: Buffer }[] {
  const text = Buffer.from(pdf).toString('latin1');
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]/g)].map((match) => {
    const range = match.slice(1).map(Number);
    const [first = 0, length = 0, second = 0, rest = 0] = range;
    const padded = Buffer.from(text.slice(length + 1, second - 1), 'hex');
    const size = padded.readUInt16BE(2) + 4;
    return { range, cms: padded.subarray(0, size), covered: Buffer.concat([pdf.subarray(first, first + length), pdf.subarray(second, second + rest)]) };
  });
}

export function judge(pdf: Uint8Array, rootFile: string): Promise<Judgement> {
  return withTempFile(pdf, async (file, folder) => {
    const cms: Judgement['cms'] = [];
    for (const [index, signature] of rawSignatures(pdf).entries()) {
      const [message, content] = [path.join(folder, `${index}.p7`), path.join(folder, `${index}.bin`)];
      writeFileSync(message, signature.cms);
      writeFileSync(content, signature.covered);
      const answer = await runTool('openssl', ['cms', '-verify', '-cades', '-inform', 'DER', '-in', message, '-content', content, '-binary', '-CAfile', rootFile, '-purpose', 'any', '-out', '/dev/null']);
      cms.push({ ok: answer.status === 0, output: answer.output });
    }
    return {
      sound: (await runTool('qpdf', ['--check', file])).output.includes('No syntax or stream encoding errors found'),
      cms,
      pdfsig: (await runTool('pdfsig', ['-nocert', file])).output,
      mutool: (await runTool('mutool', ['sign', '-v', file])).output,
    };
  });
}

/** `openssl ts -verify` on the timestamp of each signature, against the signature value it is over. */
export async function judgeTimestamps(pdf: Uint8Array, rootFile: string, issuingFile: string): Promise<string[]> {
  const answers: string[] = [];
  for (const { cms } of rawSignatures(pdf)) {
    const { signature, timestamps } = readCms(cms);
    const [token] = timestamps;
    if (!token) answers.push('none');
    else {
      const answer = await withTempFile(signature, async (data, folder) => {
        const tokenFile = path.join(folder, 'token.der');
        writeFileSync(tokenFile, token);
        return runTool('openssl', ['ts', '-verify', '-data', data, '-in', tokenFile, '-token_in', '-CAfile', rootFile, '-untrusted', issuingFile]);
      });
      answers.push(/Verification: OK/.test(answer.output) ? 'ok' : answer.output);
    }
  }
  return answers;
}
