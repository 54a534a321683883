/** Numbered in tens, one transaction each, never edited once shipped. */
export interface Migration {
  name: string;
  statements: readonly string[];
}
