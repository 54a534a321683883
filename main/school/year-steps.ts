/** "2025-2026" → "2026-2027". */
export function yearAfter(year: string): string {
  return stepped(year, 1);
}

/** "2026-2027" → "2025-2026". */
export function yearBefore(year: string): string {
  return stepped(year, -1);
}

function stepped(year: string, by: 1 | -1): string {
  return year.split('-').map(part => String(Number(part) + by)).join('-');
}

/** The same day a year later, "2025-09-05" → "2026-09-05"; 29 February becomes the 28th. */
export function dayAYearLater(day: string): string {
  return `${Number(day.slice(0, 4)) + 1}${day.slice(4) === '-02-29' ? '-02-28' : day.slice(4)}`;
}
