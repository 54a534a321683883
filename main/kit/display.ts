/** The clock of Việt Nam, fixed at +07:00: yyyy-mm-ddThh:mm:ss; a text is RFC 3339. */
export function vietnamTime(at: Date | string): string {
  return new Date(new Date(at).getTime() + 7 * 3_600_000).toISOString().slice(0, 19);
}

/** The day on the calendar of Việt Nam, yyyy-mm-dd. */
export function vietnamDay(at: Date | string): string {
  return vietnamTime(at).slice(0, 10);
}

/** "2012-05-03" → "03/05/2012"; "2012-05" → "05/2012"; "2012" stays. */
export function dateText(date: string): string {
  return date.slice(0, 10).split('-').toReversed().join('/');
}

const VIETNAM_OFFSET_MS = 7 * 60 * 60 * 1000; // one zone, no summer time since 1975

/** An instant as papers print it, in Vietnam's time wherever the machine stands: "12/10/2025 08:14:33". */
export function momentText(iso: string): string {
  const local = new Date(new Date(iso).getTime() + VIETNAM_OFFSET_MS).toISOString();
  return `${dateText(local)} ${local.slice(11, 19)}`;
}

/** An instant as a sentence says it, in Vietnam's time: "08:14 ngày 12/10/2025". */
export function whenText(iso: string): string {
  const [day = '', time = ''] = momentText(iso).split(' ');
  return `${time.slice(0, 5)} ngày ${day}`;
}
