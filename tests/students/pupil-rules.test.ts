import { describe, expect, test } from 'vitest';
import { tableFacts } from '../../db/schema/schema.ts';
import { pupilChoices, pupilFields } from '../../preload/contract/pupil-fields.ts';
import { hasText } from '../../resources/language/language.ts';
import { checkPupil, personalIdSays } from '../../main/students/pupil-checks.ts';
import { distance, findDuplicates, type DuplicateSubject } from '../../main/students/pupil-duplicates.ts';
import { storedValue, fieldOf } from '../../main/students/pupil-fields.ts';
import { bmiTenths } from '../../main/students/pupil-health.ts';
import { imageFacts } from '../../main/students/image-facts.ts';

const codesOf = (values: Record<string, string>, place: { grade: number; startYear: number } | null = null) =>
  checkPupil(values, { today: '2026-03-01', place }).map(warning => `${warning.field} ${warning.code}`);

describe('what looks wrong in a record', () => {
  test('the digits of a personal id say century, sex and year', () => {
    expect(personalIdSays('008214000001')).toEqual({ sex: 'male', birthYear: 2014 });
    expect(personalIdSays('008185000001')).toEqual({ sex: 'female', birthYear: 1985 });
    expect(personalIdSays('00821400000')).toBeNull();
    expect(codesOf({ personalId: '008214000001', sex: 'male', birth: '2014-05-03' })).toEqual([]);
    expect(codesOf({ personalId: '008314000001', sex: 'male', birth: '2013' })).toEqual(['personalId personalIdSex', 'personalId personalIdBirth']);
    expect(codesOf({ 'father.personalId': '008185000001', 'father.birthYear': '1985' })).toEqual(['father.personalId personalIdSex']);
    expect(codesOf({ personalId: '12345' })).toEqual(['personalId personalIdShape']);
  });

  test('age by calendar year: grade 1 at 6, grade 6 at 11, grade 10 at 15, up to three years more', () => {
    const ages = (birth: string, grade: number) => codesOf({ birth }, { grade, startYear: 2025 });
    for (const [grade, year] of [[1, 2019], [6, 2014], [10, 2010]] as const) {
      expect(ages(String(year), grade)).toEqual([]);
      expect(ages(String(year - 3), grade)).toEqual([]);
      expect(ages(String(year - 4), grade)).toEqual(['birth ageOld']);
      expect(ages(`${year + 1}-01-01`, grade)).toEqual(['birth ageYoung']);
    }
    expect(codesOf({ birth: '2026-03-02' })).toEqual(['birth future']);
  });

  test('family years, phones, addresses and contradictions', () => {
    expect(codesOf({ birth: '2014', 'mother.birthYear': '2002' })).toEqual(['mother.birthYear parentAge']);
    expect(codesOf({ birth: '2014', 'guardian.birthYear': '1940', 'father.birthYear': '1940' })).toEqual(['father.birthYear parentAge']);
    expect(codesOf({ phone: '091234', 'father.phone': '0912345678', email: 'a@b' })).toEqual(['phone phone', 'email email']);
    expect(codesOf({ communeCode: '123', provinceCode: '99' })).toEqual(['communeCode communeCode', 'provinceCode provinceCode']);
    expect(codesOf({ provinceCode: '08', province: 'Tuyên Quang' })).toEqual([]);
    expect(codesOf({ provinceCode: '08', province: 'Thành phố Hà Nội' })).toEqual(['provinceCode provinceName']);
    expect(codesOf({ disabilityDegree: 'mild', pioneerOn: '2024-03-26', pioneer: '0', ethnicGroup: 'Người Sao Hoả' }))
      .toEqual(['ethnicGroup notInCatalogue', 'disability disabilityKind', 'pioneer dateWithoutFact']);
  });

  test('a value is stored composed and in the spelling of its catalogue; what has no shape is refused', () => {
    expect(storedValue(fieldOf('name'), '  Nguyễn  Văn   Ánh '.normalize('NFD'))).toBe('Nguyễn Văn Ánh');
    expect(storedValue(fieldOf('ethnicGroup'), "h'mong")).toBe('HMông');
    expect(storedValue(fieldOf('ethnicGroup'), 'Người Sao Hoả')).toBe('Người Sao Hoả');
    expect(storedValue(fieldOf('phone'), '0912 345-678')).toBe('0912345678');
    for (const [key, wrong] of [['birth', '2014-02-30'], ['birth', ''], ['sex', 'nam'], ['swims', 'x'], ['boarding', 'half'], ['pioneerOn', '2014']] as const) {
      expect(() => storedValue(fieldOf(key), wrong), `${key} ${wrong}`).toThrow('students.badValue');
    }
    expect(() => storedValue(fieldOf('name'), ' ')).toThrow('students.noName');
  });

  test('body mass index in tenths, rounded half up', () => {
    expect(bmiTenths(1500, 450)).toBe(200);
    expect(bmiTenths(1000, 205)).toBe(205);
    expect(bmiTenths(1375, 323)).toBe(171); // 32,3 kg / 1,375² m² = 17,084…
    expect(bmiTenths(null, 450)).toBeNull();
  });

  test('pictures are known by their bytes', () => {
    const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAMAAAAECAIAAADETxJQAAAAC0lEQVR42mNgwAYAABgAAZHkR7oAAAAASUVORK5CYII=', 'base64');
    expect(imageFacts(png)).toEqual({ kind: 'png', width: 3, height: 4 });
    expect(imageFacts(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 1, 0xff, 0xc0, 0, 11, 8, 0, 120, 0, 90, 3]))).toEqual({ kind: 'jpeg', width: 90, height: 120 });
    expect(imageFacts(Buffer.from('%PDF-1.7 and more bytes than a head'))).toBeNull();
    expect(imageFacts(Buffer.from([0xff, 0xd8]))).toBeNull();
  });
});

describe('the one definition of fields', () => {
  test('keys are unique, and every field and choice has its words', () => {
    expect(new Set(pupilFields.map(field => field.key)).size).toBe(pupilFields.length);
    const words = pupilFields.map(field => (field.key.includes('.') ? `students.familyField.${field.key.split('.')[1] ?? ''}` : `students.field.${field.key}`));
    expect(words.filter(key => !hasText(key))).toEqual([]);
    const choices = Object.entries(pupilChoices).flatMap(([name, values]) => values.map(value => `students.choice.${name}.${value}`));
    expect(choices.filter(key => !hasText(key))).toEqual([]);
  });

  test('what the database calls personal is sensitive on screen, or a name of an ethnic group or an address', () => {
    const personal = tableFacts.flatMap(facts => (facts.table === 'person' || facts.table === 'pupil_profile' || facts.table === 'pupil_year' ? facts.personal ?? [] : []));
    const open = new Set(['ethnic_group', 'address']);
    const sensitive = new Set(pupilFields.filter(field => field.isSensitive).map(field => field.key.replaceAll(/[A-Z]/g, letter => `_${letter.toLowerCase()}`)));
    expect(personal.filter(column => !open.has(column) && !sensitive.has(column))).toEqual([]);
  });
});

describe('duplicates', () => {
  const person = (id: string, name: string, birth: string, personalId = '', sex = 'unknown'): DuplicateSubject => ({ id, name, birth, personalId, sex });
  const only = (...people: DuplicateSubject[]) => findDuplicates(people).map(pair => [pair.left, pair.right, pair.reasons.join(' ')]);

  test('are found through accents, NFD, đ and d, slips, left out words and swapped dates, each with its reasons', () => {
    const one = person('a', 'Nguyễn Thị Đào', '2014-03-05');
    expect(only(one, person('b', 'Nguyễn Thị Đào'.normalize('NFD'), '2014-03-05'))).toEqual([['a', 'b', 'sameName sameBirth']]);
    expect(only(one, person('b', 'NGUYEN THI DAO', '2014-03-05'))).toEqual([['a', 'b', 'sameNameUnmarked sameBirth']]);
    expect(only(one, person('b', 'Nguyễn Thị Đòa', '2014-03-05'))).toEqual([['a', 'b', 'similarName sameBirth']]);
    expect(only(one, person('b', 'Nguyễn Đào', '2014-03-05'))).toEqual([['a', 'b', 'missingMiddle sameBirth']]);
    expect(only(one, person('b', 'Nguyễn Thị Đào', '2014-05-03'))).toEqual([['a', 'b', 'sameName swappedBirth']]);
    expect(only(one, person('b', 'Nguyễn Thị Đào', '2014'))).toEqual([['a', 'b', 'sameName partBirth']]);
    expect(only(one, person('b', 'Nguyễn Thị Đào', '2014-03-06'))).toEqual([['a', 'b', 'sameName closeBirth']]);
    expect(only(person('a', 'Lò Văn Sơn', '2014-03-05', '008214000001'), person('b', 'Lò Thị Hoa', '2013-01-01', '008214000001'))).toEqual([['a', 'b', 'samePersonalId']]);
  });

  test('are not twins, nor namesakes of another year, nor two ids one year apart', () => {
    expect(only(person('a', 'Nguyễn Thị Mai', '2014-03-05'), person('b', 'Nguyễn Thị Hương', '2014-03-05'))).toEqual([]);
    expect(only(person('a', 'Nguyễn Thị Mai', '2014-03-05'), person('b', 'Nguyễn Thị Mai', '2012-07-09'))).toEqual([]);
    expect(only(person('a', 'Hoàng Anh Tú', '2014-03-05', '008214000001', 'male'), person('b', 'Hoàng Anh Tư', '2014-03-05', '008214654321', 'male'))).toEqual([]);
  });

  test('the distance of words is that of single keyboard slips', () => {
    expect([distance('mai', 'mai'), distance('mai', 'mia'), distance('mai', 'ma'), distance('mai', 'hoi'), distance('anh', 'nguyen')]).toEqual([0, 1, 1, 2, 3]);
  });

  test('ten years of a large school are compared in small groups, not each with each', () => {
    const given = ['Anh', 'Bình', 'Châu', 'Dũng', 'Giang', 'Hà', 'Khánh', 'Linh', 'Minh', 'Nam'];
    const family = ['Nguyễn', 'Trần', 'Lê', 'Phạm', 'Hoàng', 'Vũ', 'Đặng'];
    const middle = ['Văn', 'Thị', 'Ngọc', 'Đức', 'Minh'];
    const people = Array.from({ length: 9_000 }, (_, index) => person(String(index).padStart(5, '0'),
      `${family[index % 7] ?? ''} ${middle[(index * 3) % 5] ?? ''} ${given[(index * 7) % 10] ?? ''}`, `${2003 + (index % 13)}-${String((index % 12) + 1).padStart(2, '0')}-${String(((index * 11) % 28) + 1).padStart(2, '0')}`, String(index)));
    const twice = { ...people[4_321], id: '99999' } as DuplicateSubject;
    const found = findDuplicates([...people, twice]);
    expect(found[0]).toMatchObject({ left: '04321', right: '99999', score: 100 });
  });
});
