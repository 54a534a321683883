import type { ReadingView } from '../../preload/contract/gradebook-readings.ts';
import type { MarkValue, SheetKind } from '../../preload/contract/grades.ts';
import { text } from '../../resources/language/language.ts';
import { formatMark } from '../grades/mark-words.ts';
import { formatDateTime } from '../kit/formats.ts';

/** A value as it is read aloud: "8,5", "Đ", "trống". */
export function readValue(value: MarkValue | null, kind: SheetKind): string {
  return value === null || value.state === 'empty' ? text('gradebook.reading.empty') : formatMark(value, kind);
}

/** "Giữa kì: cô Mai nhập lại, 2 chỗ lệch, 12/10/2025 08:14". */
export function readingInWords(reading: ReadingView): string {
  return text(`gradebook.reading.told.${reading.state}`, {
    columns: reading.columnTitles.join(', '), kind: text(`gradebook.reading.kind.${reading.kind}`), name: reading.readerName,
    partner: reading.partner === '' ? '' : text('gradebook.reading.with', { name: reading.partner }), differences: reading.differences,
    read: reading.read, cells: reading.cells, at: formatDateTime(reading.finishedAt ?? reading.startedAt),
  });
}
