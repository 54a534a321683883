import { Readable, Writable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { runAssess } from '../../main/grades/assess.ts';
import { pupil22, subjectsOf, times } from './pupil-lines.ts';
import type { Answer } from './pupil-lines.ts';

/** The command as a stream: bytes in, lines out, and the exit status. */

const fair = pupil22(subjectsOf(times(8, 7)));
const lineOf = (id: string): string => JSON.stringify({ ...fair, id });

class Collector extends Writable {
  readonly chunks: Buffer[] = [];
  waiting = 0;
  mostWaiting = 0;
  readonly #delay: boolean;

  constructor(delay = false) {
    super({ highWaterMark: 16 });
    this.#delay = delay;
  }

  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    this.waiting += 1;
    this.mostWaiting = Math.max(this.mostWaiting, this.waiting);
    const finish = () => {
      this.waiting -= 1;
      done();
    };
    if (this.#delay) setImmediate(finish);
    else finish();
  }

  get text(): string {
    return Buffer.concat(this.chunks).toString('utf8');
  }

  get answers(): Answer[] {
    return this.text.split('\n').slice(0, -1).map((line) => JSON.parse(line) as Answer);
  }
}

async function run(chunks: Iterable<Uint8Array>, explain = false): Promise<{ status: number; answers: Answer[]; text: string }> {
  const output = new Collector();
  const status = await runAssess(Readable.from(chunks, { objectMode: true }), output, { explain });
  return { status, answers: output.answers, text: output.text };
}

const runText = (text: string, explain = false) => run([Buffer.from(text)], explain);

describe('lines', () => {
  test('are answered in their order, the refused ones among them', async () => {
    const { status, answers } = await runText(`${lineOf('a')}\n{"id":"b"}\nrubbish\n${lineOf('c')}\n`);
    expect(answers.map(({ id, error }) => [id, error?.code ?? null])).toEqual([
      ['a', null],
      ['b', 'field'],
      [null, 'json'],
      ['c', null],
    ]);
    expect(status).toBe(1);
  });
  test('all valid give 0, no line at all too', async () => {
    expect((await runText(`${lineOf('a')}\n${lineOf('b')}\n`)).status).toBe(0);
    expect(await runText('')).toEqual({ status: 0, answers: [], text: '' });
  });
  test('of white space only are skipped', async () => {
    const { status, answers } = await runText(`\n \t\r\n${lineOf('a')}\n\n   \n${lineOf('b')}\n \n`);
    expect(answers.map(({ id }) => id)).toEqual(['a', 'b']);
    expect(status).toBe(0);
  });
  test('may end with CRLF, and the last one with nothing', async () => {
    const { answers } = await runText(`${lineOf('a')}\r\n${lineOf('b')}`);
    expect(answers.map(({ id }) => id)).toEqual(['a', 'b']);
  });
  test('may begin with a byte order mark', async () => {
    expect((await runText(`\ufeff${lineOf('a')}\n`)).answers[0]?.id).toBe('a');
    expect((await runText('\ufeff\n')).answers).toEqual([]);
  });
  test('keep U+2028 and a lone carriage return inside', async () => {
    const { answers } = await runText(`${lineOf('a\u2028b')}\n{\r${lineOf('c').slice(1)}\n`);
    expect(answers.map(({ id }) => id)).toEqual(['a\u2028b', 'c']);
  });
  test('that are not UTF-8 are refused, and the run goes on', async () => {
    const { status, answers } = await run([Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xc3, 0x28]), Buffer.from(`"}\n${lineOf('b')}\n`)])]);
    expect(answers.map(({ id, error }) => [id, error?.code])).toEqual([
      [null, 'json'],
      ['b', undefined],
    ]);
    expect(status).toBe(1);
  });
});

describe('chunks', () => {
  test('may cut anywhere, inside a letter too', async () => {
    const bytes = Buffer.from(`${lineOf('Nguyễn Thị Ngữ')}\r\n${lineOf('Đỗ Ưu')}\n`);
    const { answers } = await run(Array.from(bytes, (_, index) => bytes.subarray(index, index + 1)));
    expect(answers.map(({ id }) => id)).toEqual(['Nguyễn Thị Ngữ', 'Đỗ Ưu']);
  });
  test('a line of many megabytes is one line', async () => {
    const long = `${lineOf('a').slice(0, -1)},"note":"${'x'.repeat(12_000_000)}"}\n`;
    const bytes = Buffer.from(long + lineOf('b'));
    const parts = Array.from({ length: Math.ceil(bytes.length / 65_536) }, (_, index) => bytes.subarray(index * 65_536, (index + 1) * 65_536));
    expect((await run(parts)).answers.map(({ id }) => id)).toEqual(['a', 'b']);
  });
});

test('a line without end is refused and forgotten, not kept in memory', async () => {
  const output = new Collector();
  const bytes = Buffer.from(`${'x'.repeat(5_000)}\n${lineOf('b')}\n`);
  const parts = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, index) => bytes.subarray(index * 100, (index + 1) * 100));
  expect(await runAssess(Readable.from(parts), output, { explain: false, longestLine: 4_000 })).toBe(1);
  expect(output.answers.map(({ id, error }) => [id, error?.code])).toEqual([
    [null, 'json'],
    ['b', undefined],
  ]);
});

describe('the output', () => {
  test('has because[] only with explain', async () => {
    expect((await runText(lineOf('a'))).answers[0]).not.toHaveProperty('because');
    expect((await runText(lineOf('a'), true)).answers[0]?.because.length).toBeGreaterThan(10);
  });
  test('is waited for: one write at a time, and no input is read ahead of it', async () => {
    const output = new Collector(true);
    let read = 0;
    let ahead = 0;
    function* source(): Generator<Uint8Array> {
      for (let chunk = 0; chunk < 200; chunk += 1) {
        read += 1;
        ahead = Math.max(ahead, read - output.chunks.length);
        yield Buffer.from(`${lineOf(String(chunk))}\n`);
      }
    }
    const asynchronous = (async function* (): AsyncGenerator<Uint8Array> {
      yield* source();
    })();
    expect(await runAssess(asynchronous, output, { explain: true })).toBe(0);
    expect(output.answers.map(({ id }) => id)).toEqual(Array.from({ length: 200 }, (_, index) => String(index)));
    expect(output.mostWaiting).toBe(1);
    expect(ahead).toBeLessThanOrEqual(2);
  });
  test('answers each line as it comes, without waiting for the end of the input', async () => {
    const output = new Collector();
    const seen: number[] = [];
    async function* conversation(): AsyncGenerator<Uint8Array> {
      for (const id of ['a', 'b', 'c']) {
        seen.push(output.answers.length);
        yield Buffer.from(`${lineOf(id)}\n`);
      }
    }
    await runAssess(conversation(), output, { explain: false });
    expect(seen).toEqual([0, 1, 2]);
    expect(output.writableEnded).toBe(false);
  });
  test('that is closed by its reader ends the run quietly with 1', async () => {
    const closed = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('closed'), { code: 'EPIPE' })),
    });
    expect(await runAssess(Readable.from([Buffer.from(`${lineOf('a')}\n`)]), closed, { explain: false })).toBe(1);
  });
  test('that fails otherwise is a fault', async () => {
    const full = new Writable({
      write: (_chunk, _encoding, done) => done(Object.assign(new Error('no space left'), { code: 'ENOSPC' })),
    });
    await expect(runAssess(Readable.from([Buffer.from(`${lineOf('a')}\n`)]), full, { explain: false })).rejects.toThrow('no space left');
  });
});
