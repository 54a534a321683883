import type { ClassSlot } from './demo-classes.ts';
import { SPECIAL_NAMES } from './demo-names.ts';
import { HAMLETS, pad, type PeopleMaker } from './demo-people.ts';
import type { DemoParent, DemoPlan, DemoPupil } from './demo-school.ts';
import type { Random } from './random.ts';

const JOBS = ['Làm ruộng', 'Nông dân', 'Công nhân', 'Giáo viên', 'Buôn bán', 'Lái xe', 'Thợ xây', 'Bộ đội', 'Cán bộ xã', 'Lao động tự do', 'Y sĩ'] as const;

/** The pupils of all classes, without marks yet. Codes begin with 0; the last classes were entered first, as in a school that grows by the year. */
export function inventPupils(plan: DemoPlan, slots: readonly ClassSlot[], people: PeopleMaker): DemoPupil[] {
  const random = people.random('pupils');
  const startYear = Number(plan.year.slice(0, 4));
  const special = placeSpecialNames(slots);
  const pupils: DemoPupil[] = [];
  for (const slot of slots.toReversed()) {
    for (let seat = 0; seat < slot.size; seat += 1) {
      const number = pupils.length + 1;
      pupils.push(inventPupil(random, people, { number, registerNumber: pad(1200 + number, 5), slot, startYear, fixed: special.get(`${slot.name}/${seat}`) }));
    }
  }
  return pupils;
}

export interface PupilPlace {
  /** Nobody else's at this school: his code is made of it. */
  number: number;
  registerNumber: string;
  slot: Pick<ClassSlot, 'name' | 'grade'>;
  startYear: number;
  fixed?: (typeof SPECIAL_NAMES)[number] | undefined;
}

export function inventPupil(random: Random, people: PeopleMaker, { number, registerNumber, slot, startYear, fixed }: PupilPlace): DemoPupil {
  const older = random.weighted([[0, 93], [1, 6], [2, 1]]);
  const person = people.person(random, startYear - slot.grade - 5 - older, fixed);
  return {
    ...person,
    // Where the papers were lost only the year is known.
    birth: older === 2 ? person.birth.slice(0, 4) : person.birth,
    code: `08${pad(number, 6)}${random.digits(2)}`, className: slot.name, grade: slot.grade,
    status: random.weighted([['Đang học', 97], ['Chuyển đến kỳ 1', 2], ['Chuyển đến trong hè', 1]]),
    religion: random.weighted([['Không', 92], ['Phật giáo', 3], ['Công giáo', 3], ['Tin lành', 2]]), disability: random.weighted([['', 198], ['Khuyết tật vận động', 1], ['Khuyết tật nhìn', 1]]),
    policyGroup: random.weighted([['', 90], ['Hộ nghèo', 5], ['Hộ cận nghèo', 4], ['Con thương binh, bệnh binh', 1]]), hamlet: random.pick(HAMLETS),
    father: parent(random, people, person.name, 'male', startYear), mother: parent(random, people, null, 'female', startYear),
    registerNumber, marks: {}, points: [], conduct: ['T', 'T'], absentWithLeave: 0, absentWithoutLeave: 0, homeroomComment: '', planned: null,
  };
}

/** The two pupils of one name sit in the same class; the other special names are spread. */
function placeSpecialNames(slots: readonly ClassSlot[]): Map<string, (typeof SPECIAL_NAMES)[number]> {
  const places = new Map<string, (typeof SPECIAL_NAMES)[number]>();
  for (const [index, special] of SPECIAL_NAMES.entries()) {
    const twin = SPECIAL_NAMES.findIndex((other) => other.name === special.name);
    const slot = slots[(slots.length - 1 + twin) % slots.length];
    if (slot !== undefined && index < slot.size) places.set(`${slot.name}/${index}`, special);
  }
  return places;
}

function parent(random: Random, people: PeopleMaker, childName: string | null, sex: 'male' | 'female', startYear: number): DemoParent {
  const birthYear = startYear - random.between(31, 52);
  const person = people.person(random, birthYear, { sex });
  const own = childName === null || childName.startsWith('H’') ? person.name : childName.replace(/^(\S+).*$/, `$1 ${sex === 'male' ? 'Văn' : 'Thị'} ${person.name.split(' ').at(-1) ?? ''}`);
  return { name: own, job: random.pick(JOBS), birthYear, phone: random.chance(80) ? person.phone : '' };
}
