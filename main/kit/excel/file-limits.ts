/** Sizes beyond which a file is refused before it is read: a school's workbook is a hundred times smaller. */
export interface FileLimits {
  /** The file itself, bytes. */
  fileBytes: number;
  /** All parts of an .xlsx unpacked, bytes. */
  unpackedBytes: number;
  /** Parts inside an .xlsx. */
  parts: number;
  sheets: number;
  /** Cells with content in the whole workbook. */
  cells: number;
}

export const FILE_LIMITS: FileLimits = {
  fileBytes: 60_000_000,
  unpackedBytes: 300_000_000,
  parts: 5_000,
  sheets: 300,
  cells: 4_000_000,
};
