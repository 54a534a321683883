/**
 * What a call answers when it cannot do what was asked. The three texts are ready for the screen, in the user's language:
 * a heading, what happened, and what to do. `code` is a key of `errors` in `resources/language/vi.json`.
 */
export interface Failure {
  code: string;
  heading: string;
  what: string;
  remedy: string;
  /** Path of the faulty input, e.g. `marks[3].value`, when one place is at fault. */
  field?: string;
  /** False when the next paper of a batch would fail the same way (PIN locked, token gone). */
  batchCanContinue: boolean;
}

/** Every call settles to one of these two, never to a rejected promise. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: Failure };
