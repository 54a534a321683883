import type { Writable } from 'node:stream';
import { text } from '../../resources/language/language.ts';
import { answerFor } from './assess-answer.ts';
import type { AnswerOptions } from './assess-answer.ts';
import { readableId, readPupil, Refusal } from './assess-input.ts';
import { parseExactJson } from './exact-json.ts';

const NEWLINE = 0x0a;
/** Far above any pupil, below the longest text the engine can hold: a line without end must not use up the memory. */
const LONGEST_LINE = 256 * 1024 * 1024;
const WRITE_AT = 64 * 1024;

export interface RunOptions extends AnswerOptions {
  /** Bytes a line may have; a longer one is refused without being kept. */
  readonly longestLine?: number;
}

export interface Answer {
  readonly json: string;
  readonly refused: boolean;
}

/** The answer to one line of text, without the line break; null for a line of white space only. Never throws on any text. */
export function assessLine(line: string, options: AnswerOptions): Answer | null {
  if (line.trim() === '') return null;
  let id: string | null = null;
  try {
    const parsed = parseLine(line);
    id = readableId(parsed);
    return { json: JSON.stringify(answerFor(id, readPupil(parsed), options)), refused: false };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refusal(id, error);
  }
}

function parseLine(line: string): unknown {
  try {
    return parseExactJson(line);
  } catch {
    throw new Refusal('json', '');
  }
}

function refusal(id: string | null, { code, path }: Refusal): Answer {
  const message = text(`assess.refusals.${code}`, { path });
  return { json: JSON.stringify({ id, error: { code, path, message } }), refused: true };
}

/** Cuts a byte stream into lines at the byte level, so that a letter split between two chunks stays whole. */
class LineCutter {
  #parts: Uint8Array[] = [];
  #length = 0;
  readonly #longest: number;

  constructor(longest: number) {
    this.#longest = longest;
  }

  /** The lines that end in this chunk, without their line break. */
  *push(chunk: Uint8Array): Generator<Uint8Array | 'too-long'> {
    let start = 0;
    for (let end = chunk.indexOf(NEWLINE); end >= 0; end = chunk.indexOf(NEWLINE, start)) {
      this.#keep(chunk.subarray(start, end));
      yield this.rest();
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  }

  /** What follows the last line break. */
  rest(): Uint8Array | 'too-long' {
    const line = this.#length > this.#longest ? 'too-long' : this.#join();
    this.#parts = [];
    this.#length = 0;
    return line;
  }

  #keep(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length > this.#longest) this.#parts = [];
    else if (part.length > 0) this.#parts.push(part);
  }

  #join(): Uint8Array {
    return this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts, this.#length);
  }
}

/**
 * Answers a stream of lines in their order: the whole of `so-truong assess`.
 * @param input UTF-8; CRLF and a byte order mark are accepted. @param output is written to but not ended.
 * @returns the exit status: 0 when every line was answered without error, 1 when some line was refused or the reader went away.
 * @throws what `output` fails with, except that its reader went away.
 */
export async function runAssess(input: AsyncIterable<Uint8Array>, output: Writable, options: RunOptions): Promise<0 | 1> {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const cutter = new LineCutter(options.longestLine ?? LONGEST_LINE);
  let refused = false;
  let waiting = '';

  const answer = (line: Uint8Array | 'too-long'): void => {
    const answered = line === 'too-long' ? refusal(null, new Refusal('json', '')) : answerBytes(utf8, line, options);
    if (answered === null) return;
    refused ||= answered.refused;
    waiting += `${answered.json}\n`;
  };
  const flush = async (): Promise<void> => {
    const lines = waiting;
    waiting = '';
    if (lines !== '') await written(output, lines);
  };

  // A stream that fails also emits "error", which would end the program if nobody listened.
  output.on('error', () => {});
  try {
    for await (const chunk of input) {
      for (const line of cutter.push(chunk)) {
        answer(line);
        if (waiting.length >= WRITE_AT) await flush();
      }
      await flush();
    }
    answer(cutter.rest());
    await flush();
  } catch (error) {
    if (isReaderGone(error)) return 1;
    throw error;
  }
  return refused ? 1 : 0;
}

function answerBytes(utf8: TextDecoder, line: Uint8Array, options: AnswerOptions): Answer | null {
  let decoded: string;
  try {
    decoded = utf8.decode(line);
  } catch {
    return refusal(null, new Refusal('json', ''));
  }
  return assessLine(decoded, options);
}

/** Waits until the stream has taken the lines over: with this the input is never read faster than the output is. */
function written(output: Writable, lines: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(lines, (error) => (error ? reject(error) : resolve()));
  });
}

function isReaderGone(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
