const DAY = 86_400_000;
/** 30 December 1899: day 0, so that serial 61 is 1 March 1900 (Excel believes in a 29 February 1900). */
const DAY_ZERO = Date.UTC(1899, 11, 30);

/** Days between the two date systems of Excel: a file with `date1904` counts from 1 January 1904. */
export const DAYS_1904 = 1462;

/** The calendar date (`YYYY-MM-DD`) of an Excel serial; the time of day is dropped. */
export function serialToDate(serial: number): string {
  return new Date(DAY_ZERO + Math.floor(serial) * DAY).toISOString().slice(0, 10);
}

/** The Excel serial of a calendar date `YYYY-MM-DD`. */
export function dateToSerial(date: string): number {
  return Math.round((Date.parse(`${date}T00:00:00Z`) - DAY_ZERO) / DAY);
}
