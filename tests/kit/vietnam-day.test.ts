import { expect, test } from 'vitest';
import { vietnamDay } from '../../main/kit/display.ts';

test('the day begins at midnight in Việt Nam, seven hours before London, for a clock and for a stored time', () => {
  expect(['2026-01-04T16:59:59.999Z', '2026-01-04T17:00:00.000Z', '2026-01-05T01:00:00+07:00'].map(at => vietnamDay(at))).toEqual(['2026-01-04', '2026-01-05', '2026-01-05']);
  expect(vietnamDay(new Date('2025-12-31T18:30:00Z'))).toBe('2026-01-01');
});
