import { fold } from '../kit/matching.ts';
import { parseDate } from '../kit/formats.ts';

export interface AdmissionLine {
  /** From 1. */
  line: number;
  values: Record<string, string>;
  /** Field that cannot be read; null for a good line. */
  fault: 'name' | 'birth' | null;
}

const sexes: Readonly<Record<string, string>> = { nam: 'male', nu: 'female', '1': 'male', '2': 'female', '01': 'male', '02': 'female' };

/** Lines as copied from a spreadsheet or typed: name, birth date, sex, personal ID, with tabs or semicolons between. */
export function admissionLines(typed: string): AdmissionLine[] {
  return typed.split('\n').map((words, index) => ({ words, line: index + 1 })).filter(({ words }) => words.trim() !== '').map(({ words, line }) => {
    const [name = '', birth = '', sex = '', personalId = ''] = words.split(/[\t;]/).map(cell => cell.trim());
    const day = parseDate(birth);
    return {
      line, fault: name === '' || /\d/.test(name) ? 'name' : day === null ? 'birth' : null,
      values: { name, birth: day ?? birth, sex: sexes[fold(sex)] ?? 'unknown', ...(personalId === '' ? {} : { personalId }) },
    };
  });
}
