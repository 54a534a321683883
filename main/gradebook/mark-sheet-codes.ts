import { hash } from 'node:crypto';
import type { MarkColumn, MarkValue } from '../../preload/contract/grades.ts';

/** The version of the form; raise it when its columns change their meaning. */
export const ISSUE_FORM_VERSION = 1;

/** What the hidden row of an issued sheet says: which issue of which sheet of which school this is, whatever became of the visible titles. */
export interface IssueMark {
  version: number;
  issueId: string;
  sheetId: string;
  code: string;
  /** Journal position and hash of what was handed out. */
  journalSeq: number;
  content: string;
  schoolCode: string;
  schoolName: string;
  year: string;
  className: string;
  subject: string;
  term: number;
  columns: MarkColumn[];
}

const START = 'so-truong/issue/';

export function issueMarkText({ version, columns, journalSeq, term, ...texts }: IssueMark): string {
  return `${START}${version}?${new URLSearchParams({ ...texts, journalSeq: String(journalSeq), term: String(term), columns: columns.join(' ') }).toString()}`;
}

/** The facts of a hidden cell, or null for any other text. */
export function parseIssueMark(value: string): IssueMark | null {
  const parts = /^so-truong\/issue\/(\d+)\?(.*)$/.exec(value);
  if (parts === null) return null;
  const facts = new URLSearchParams(parts[2]);
  const fact = (name: string) => facts.get(name) ?? '';
  return {
    version: Number(parts[1]), issueId: fact('issueId'), sheetId: fact('sheetId'), code: fact('code'), journalSeq: Number(fact('journalSeq')), content: fact('content'),
    schoolCode: fact('schoolCode'), schoolName: fact('schoolName'), year: fact('year'), className: fact('className'), subject: fact('subject'), term: Number(fact('term')),
    columns: fact('columns').split(' ').filter(column => column !== '') as MarkColumn[],
  };
}

/** Letters that nobody mistakes for another on paper. */
const LETTERS = 'ABCDEFGHKLMNPQRTUVWXY346789';

/** "9A-TOAN-HK1-02-K7Q": class, subject, term, number of the issue, and three letters that show a slip of the pen. */
export function issueCode(sheet: { className: string; subject: string; term: number }, number: number, issueId: string): string {
  const check = [...hash('sha256', issueId, 'buffer').subarray(0, 3)].map(byte => LETTERS[byte % LETTERS.length] ?? 'A').join('');
  return `${sheet.className.replace(/\s+/g, '').toUpperCase()}-${sheet.subject}-HK${sheet.term}-${String(number).padStart(2, '0')}-${check}`;
}

/** A code as a person may have written it down, or null. */
export function codeIn(value: string): string | null {
  return /\S+-HK[1-4]-\d{2,}-[A-Z0-9]{3}\b/.exec(value.normalize('NFC').toUpperCase())?.[0] ?? null;
}

/** SHA-256 over what was handed out: pupils in order with their marks by column. */
export function contentHash(columns: readonly MarkColumn[], rows: readonly { enrolmentId: string; marks: Partial<Record<MarkColumn, MarkValue>> }[]): string {
  return hash('sha256', JSON.stringify([columns, rows.map(row => [row.enrolmentId, columns.map(column => row.marks[column] ?? null)])]));
}
