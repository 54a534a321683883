import { Refusal } from './district-refusal.ts';

/** Lets `atOnce` through at a time; up to `waiting` more stand in line, others are turned away with 503. */
export class Turnstile {
  readonly #atOnce: number;
  readonly #waiting: number;
  readonly #line: (() => void)[] = [];
  #inside = 0;

  constructor(atOnce: number, waiting: number) {
    this.#atOnce = atOnce;
    this.#waiting = waiting;
  }

  /** @throws Refusal 503 when the line is full */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside >= this.#atOnce) {
      if (this.#line.length >= this.#waiting) throw new Refusal(503, { code: 'busy' });
      await new Promise<void>((admit) => this.#line.push(admit));
    } else {
      this.#inside += 1;
    }
    try {
      return await work();
    } finally {
      const next = this.#line.shift();
      // The place goes straight to the next in line, so that nobody slips in between.
      if (next === undefined) this.#inside -= 1;
      else next();
    }
  }
}
