import type { RuleSet } from './assessment-types.ts';

/** What a rule is about; each rule set says it in an article of its own. */
export type RuleTopic =
  | 'subject'
  | 'subjects-average'
  | 'learning'
  | 'adjustment'
  | 'conduct'
  | 'summer-training'
  | 'reassessment'
  | 'promotion'
  | 'award'
  | 'overall'
  | 'completion';

const TT58 = 'Quy chế ban hành kèm theo Thông tư 58/2011/TT-BGDĐT';
const CIRCULARS: Readonly<Record<RuleSet, string>> = {
  'TT22-2021': 'Thông tư 22/2021/TT-BGDĐT',
  'TT58-2011': TT58,
  'TT26-2020': `${TT58} (sửa đổi, bổ sung theo Thông tư 26/2020/TT-BGDĐT)`,
  'TT27-2020': 'Quy định ban hành kèm theo Thông tư 27/2020/TT-BGDĐT',
};

const TT58_ARTICLES: Readonly<Partial<Record<RuleTopic, string>>> = {
  subject: 'Điều 10',
  'subjects-average': 'Điều 11',
  learning: 'Điều 13',
  adjustment: 'Điều 13 khoản 6',
  conduct: 'Điều 3',
  'summer-training': 'Điều 17',
  reassessment: 'Điều 16',
  promotion: 'Điều 15',
  award: 'Điều 18',
};
const ARTICLES: Readonly<Record<RuleSet, Readonly<Partial<Record<RuleTopic, string>>>>> = {
  'TT22-2021': {
    subject: 'Điều 9 khoản 1',
    learning: 'Điều 9 khoản 2',
    adjustment: 'Điều 9 khoản 3',
    conduct: 'Điều 8 khoản 2',
    'summer-training': 'Điều 13',
    reassessment: 'Điều 14',
    promotion: 'Điều 12',
    award: 'Điều 15 khoản 1',
  },
  'TT58-2011': TT58_ARTICLES,
  'TT26-2020': TT58_ARTICLES,
  'TT27-2020': { overall: 'Điều 9 khoản 2', completion: 'Điều 11', award: 'Điều 13' },
};

/** The citation of a rule as it is printed: circular and article. Names of circulars are not translated. */
export function articleOf(ruleSet: RuleSet, topic: RuleTopic): string {
  const article = ARTICLES[ruleSet][topic];
  return article === undefined ? CIRCULARS[ruleSet] : `${CIRCULARS[ruleSet]}, ${article}`;
}
