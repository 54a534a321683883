import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import path from 'node:path';

/** Enough for months of faults; one older file is kept. */
const largest = 512 * 1024;

/**
 * A text file of faults for whoever supports the school: time, where, and the fault itself. Never the input of a call, never a name of
 * a person, never a PIN.
 */
export class FaultLog {
  readonly file: string;

  constructor(folder: string) {
    this.file = path.join(folder, 'faults.log');
  }

  /** Adds one entry. A disk that refuses even this must not become a second fault. */
  add(where: string, fault: unknown): void {
    const what = fault instanceof Error ? (fault.stack ?? `${fault.name}: ${fault.message}`) : String(fault);
    try {
      mkdirSync(path.dirname(this.file), { recursive: true });
      if (existsSync(this.file) && statSync(this.file).size > largest) renameSync(this.file, `${this.file}.old`);
      appendFileSync(this.file, `${new Date().toISOString()} ${where}\n${what}\n\n`, 'utf8');
    } catch {
      process.stderr.write(`${where}: ${what}\n`);
    }
  }
}
