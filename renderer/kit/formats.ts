import { currentLanguage } from '../../resources/language/language.ts';

function locale(): string {
  return currentLanguage() === 'en' ? 'en-GB' : 'vi-VN';
}

/** Tenths as printed in a register: 85 is "8,5", 100 is "10,0"; nothing for null. The comma is the paper's, in every language. */
export function formatTenths(tenths: number | null): string {
  if (tenths === null) return '';
  return `${Math.trunc(tenths / 10)},${tenths % 10}`;
}

/** A whole number with the separators of the language: 12.345. */
export function formatNumber(value: number): string {
  return value.toLocaleString(locale());
}

/** Share of `total` as whole percent, never 100 before it is complete nor 0 once begun. */
export function formatPercent(part: number, total: number): string {
  return `${wholePercent(part, total)}%`;
}

export function wholePercent(part: number, total: number): number {
  if (total <= 0 || part <= 0) return 0;
  if (part >= total) return 100;
  return Math.min(99, Math.max(1, Math.round((part / total) * 100)));
}

/** "2011-09-05" as "05/09/2011"; "2011-09" as "09/2011"; a year stays a year. */
export function formatDate(iso: string): string {
  const [, year, month, day] = /^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?/.exec(iso) ?? [];
  return [day, month, year].filter(part => part !== undefined).join('/');
}

/** The other way round, for a typed date: "5/9/2011", "05-09-2011", "9/2011" or "2011"; null when it is none or does not exist. */
export function parseDate(typed: string): string | null {
  const parts = typed.trim().split(/[/.\s-]+/);
  if (!parts.every(part => /^\d+$/.test(part)) || parts.length > 3) return null;
  const [year, month, day] = parts.map(Number).toReversed();
  if (year === undefined || year < 1900 || year > 2100) return null;
  if (month === undefined) return String(year);
  if (month < 1 || month > 12) return null;
  const yearMonth = `${year}-${two(month)}`;
  if (day === undefined) return yearMonth;
  const lastDay = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day >= 1 && day <= lastDay ? `${yearMonth}-${two(day)}` : null;
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

/** The day on the calendar of Việt Nam, yyyy-mm-dd. */
export function vietnamDay(at: Date): string {
  return new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(0, 10);
}

function partsOf(iso: string): { date: string; time: string; seconds: string } | null {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return null;
  const time = `${two(at.getHours())}:${two(at.getMinutes())}`;
  return { date: `${two(at.getDate())}/${two(at.getMonth() + 1)}/${at.getFullYear()}`, time, seconds: `${time}:${two(at.getSeconds())}` };
}

/** An instant as "22/11/2026 14:05", in the time of this machine. */
export function formatDateTime(iso: string): string {
  const parts = partsOf(iso);
  return parts === null ? iso : `${parts.date} ${parts.time}`;
}

/** An instant as "14:05:12". */
export function formatClock(iso: string): string {
  return partsOf(iso)?.seconds ?? iso;
}

/** "14:05" when it was today, otherwise "22/11/2026 14:05". */
export function formatWhen(iso: string, now: Date = new Date()): string {
  const parts = partsOf(iso);
  if (parts === null) return iso;
  return parts.date === partsOf(now.toISOString())?.date ? parts.time : `${parts.date} ${parts.time}`;
}

/** "2025-2026" as "2025–2026". */
export function formatYear(year: string): string {
  return year.replace('-', '–');
}

const KILO = 1024;

/** Bytes as "412 B", "1,2 kB", "3,4 MB". */
export function formatBytes(bytes: number): string {
  if (bytes < KILO) return `${bytes} B`;
  const inKilo = bytes < KILO * KILO;
  const value = inKilo ? bytes / KILO : bytes / KILO / KILO;
  return `${value.toLocaleString(locale(), { maximumFractionDigits: 1 })} ${inKilo ? 'kB' : 'MB'}`;
}
