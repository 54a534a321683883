import { text } from '../../resources/language/language.ts';
import type { Assessment } from '../grades/rules/assess-pupil.ts';
import { awardOf, promotionOf } from './year-results.ts';

export function levelWord(level: string | null): string {
  return level === null ? '–' : text(`yearEnd.level.${level}`);
}

export function promotionWord(promotion: string | null): string {
  return promotion === null ? '–' : text(`yearEnd.promotion.${promotion}`);
}

export function awardWord(award: string | null): string {
  return text(award === null ? 'yearEnd.fact.noAward' : `yearEnd.award.${award}`);
}

/** What the year ends in, in one line: "Khá · Được lên lớp", with the award where there is one. */
export function resultLine(assessment: Assessment): string {
  const level = assessment.ruleSet === 'TT27-2020' ? assessment.level : (assessment.learningFinal?.level ?? null);
  const award = awardOf(assessment);
  return [levelWord(level), promotionWord(promotionOf(assessment)), ...(award === null ? [] : [awardWord(award)])].join(' · ');
}
