import { ETHNIC_GROUPS } from '../../resources/catalogues/code-catalogues.ts';
import type { SchoolLevel } from '../../resources/catalogues/subject-catalogue.ts';
import { personName } from './demo-names.ts';
import type { DemoPerson, DemoPlan, DemoProfile } from './demo-school.ts';
import { Random } from './random.ts';

/** An invented commune of an existing province: all codes begin with 0, as a third of the country's do. */
const COMMUNE = { code: '08990', name: 'Xã Suối Ngọc' };
const PROVINCE = { code: '08', name: 'Tỉnh Tuyên Quang' };

/** The hamlets of the commune, and the settlement across the river. */
export const HAMLETS = ['Thôn Nà Lừa', 'Thôn Bản Ỏi', 'Thôn Khuổi Đẳm', 'Thôn Đồng Quỹ', 'Thôn Phiêng Mựt', 'Tổ dân phố Tân Lập', 'Thôn Pắc Ngặm', 'Xóm Vườn Đào'] as const;

const GROUPS: readonly (readonly [string, number])[] = [['01', 62], ['02', 14], ['09', 8], ['08', 7], ['07', 5], ['15', 2], ['12', 1], ['46', 1]];

const SCHOOLS: Readonly<Record<SchoolLevel, Pick<DemoProfile, 'code' | 'formerCode' | 'name' | 'email'>>> = {
  'tieu-hoc': { code: '0808990301', formerCode: '08072301', name: 'Trường Tiểu học Suối Ngọc', email: 'th@suoingoc.example' },
  thcs: { code: '0808990501', formerCode: '08072501', name: 'Trường Trung học cơ sở Suối Ngọc', email: 'thcs@suoingoc.example' },
  thpt: { code: '0808990701', formerCode: '08000701', name: 'Trường Trung học phổ thông Suối Ngọc', email: 'thpt@suoingoc.example' },
};

export function demoProfile(level: SchoolLevel): DemoProfile {
  return {
    ...SCHOOLS[level], level, superior: level === 'thpt' ? 'SỞ GIÁO DỤC VÀ ĐÀO TẠO TUYÊN QUANG' : 'ỦY BAN NHÂN DÂN XÃ SUỐI NGỌC',
    address: 'Số 12, đường Nà Lừa', commune: COMMUNE, province: PROVINCE, phone: '02073990990',
  };
}

/** Makes people with numbers that fit them and that nobody else has. */
export class PeopleMaker {
  private readonly numbers = new Set<string>();
  private readonly seed: number;

  /** @param taken personal numbers that people made elsewhere have */
  constructor(plan: Pick<DemoPlan, 'seed'>, taken: Iterable<string> = []) {
    this.seed = plan.seed;
    for (const number of taken) this.numbers.add(number);
  }

  random(stream: string): Random {
    return new Random(this.seed, stream);
  }

  person(random: Random, birthYear: number, fixed?: { name?: string; sex: 'male' | 'female' }): DemoPerson {
    const sex = fixed?.sex ?? (random.chance(49) ? 'female' : 'male');
    const code = fixed?.name === undefined ? random.weighted(GROUPS) : '01';
    const birth = `${birthYear}-${pad(random.between(1, 12), 2)}-${pad(random.between(1, 28), 2)}`;
    return {
      name: fixed?.name ?? personName(random, sex, code), sex, birth, personalId: this.personalId(random, sex, birthYear),
      ethnicGroup: { code, name: ETHNIC_GROUPS.find((entry) => entry.code === code)?.name ?? '' }, phone: `0${random.pick(['32', '35', '86', '91', '97', '98'])}${random.digits(7)}`,
    };
  }

  private personalId(random: Random, sex: 'male' | 'female', birthYear: number): string {
    const century = (birthYear >= 2000 ? 2 : 0) + (sex === 'female' ? 1 : 0);
    for (;;) {
      const number = `${random.chance(85) ? '008' : '002'}${century}${pad(birthYear % 100, 2)}${random.digits(6)}`;
      if (this.numbers.has(number)) continue;
      this.numbers.add(number);
      return number;
    }
  }
}

export function pad(number: number, digits: number): string {
  return String(number).padStart(digits, '0');
}
