/** "2012-05-03" → "03/05/2012"; "2012-05" → "05/2012"; "2012" stays. */
export function dateText(date: string): string {
  return date.slice(0, 10).split('-').toReversed().join('/');
}
