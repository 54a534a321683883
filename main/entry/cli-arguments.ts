import { parseArgs, type ParseArgsConfig } from 'node:util';
import { text } from '../../resources/language/language.ts';

/** Wrong usage: exit 2, with what was wrong and how the command is written. */
export class UsageError extends Error {}

/** A command of another version: said plainly, exit 2. */
export class NotYet extends UsageError {}

type Options = NonNullable<ParseArgsConfig['options']>;

/**
 * Reads a command's options strictly: an unknown option, a missing value or a stray argument is wrong usage.
 * `positionals` bounds how many arguments may stand alone.
 */
export function readOptions<O extends Options>(argv: readonly string[], options: O, positionals: { min: number; max: number }) {
  let parsed;
  try {
    parsed = parseArgs({ args: [...argv], options: { ...options, json: { type: 'boolean' }, data: { type: 'string' }, as: { type: 'string' } }, allowPositionals: true, strict: true });
  } catch (fault) {
    throw new UsageError(fault instanceof Error ? fault.message : String(fault));
  }
  if (parsed.positionals.length < positionals.min) throw new UsageError(text('cli.missingArgument'));
  if (parsed.positionals.length > positionals.max) throw new UsageError(text('cli.strayArgument', { argument: parsed.positionals[positionals.max] ?? '' }));
  return parsed as typeof parsed & { values: { [K in keyof O]?: O[K] extends { type: 'boolean' } ? boolean : O[K] extends { multiple: true } ? string[] : string } & { json?: boolean; data?: string; as?: string } };
}

/** An option that must be there. */
export function required(value: string | undefined, name: string): string {
  if (value === undefined || value === '') throw new UsageError(text('cli.missingOption', { name }));
  return value;
}

/** A whole number within bounds. */
export function wholeNumber(value: string | undefined, name: string, fallback: number, min: number, max: number): number {
  if (value === undefined) return fallback;
  const number = Number(value);
  if (!/^\d+$/.test(value) || number < min || number > max) throw new UsageError(text('cli.badNumber', { name, value, min, max }));
  return number;
}

export function oneOf<const T extends string>(value: string | undefined, name: string, choices: readonly T[], fallback?: T): T {
  const chosen = value ?? fallback;
  const found = choices.find(choice => choice === chosen);
  if (found === undefined) throw new UsageError(text('cli.badChoice', { name, value: value ?? '', choices: choices.join(', ') }));
  return found;
}
