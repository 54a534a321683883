import { z } from 'zod';

/** A school year as printed: "2025-2026". */
export const SchoolYear = z.string().regex(/^\d{4}-\d{4}$/);
export const Term = z.union([z.literal(1), z.literal(2)]);
export type Term = z.infer<typeof Term>;
export const Id = z.string().min(1).max(64);
export const FileBytes = z.custom<Uint8Array>(value => value instanceof Uint8Array, { message: 'bytes' });
/** A file handed over by a person: its name is shown, never trusted. */
export const HandedFile = z.object({ fileName: z.string().min(1).max(260), bytes: FileBytes });
export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/i);

/** The answer of a call of kind `job`. */
export interface JobStarted {
  jobId: string;
}

export interface JobView {
  id: string;
  call: string;
  title: string;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  done: number;
  total: number;
  /** What is being worked on now, in words. */
  item: string;
  startedAt: string;
  /** Of another person: who manages the system sees that it runs, and gets no news of it. */
  isOthers?: true;
  /** Rate and time left are computed by the window from `startedAt`, `done` and `total`. */
  result?: unknown;
  error?: import('./failure.ts').Failure;
}

/** A PDF for the window's viewer. */
export interface PdfFile {
  fileName: string;
  bytes: Uint8Array;
  pages: number;
}
