import type { ReadHandle } from '../../db/handle.ts';
import { text } from '../../resources/language/language.ts';
import { profileRow } from './school-profile.ts';
import { theSchool } from './school-store.ts';

export interface Letterhead {
  authority: string;
  name: string;
  /** Where papers are dated. */
  place: string;
  /** "HIỆU TRƯỞNG", or "KT. HIỆU TRƯỞNG / PHÓ HIỆU TRƯỞNG" when the deputy signs (NĐ 30/2020, Phụ lục I, phần II, mục I.7). */
  signTitle: string;
  /** Who signs; '' while the profile does not say. */
  signer: string;
}

/** What stands at the head and the foot of the school's papers. */
export function letterhead(db: ReadHandle): Letterhead {
  const school = theSchool(db);
  const profile = profileRow(db);
  const isDeputy = profile?.signer === 'deputy';
  return {
    authority: school.superior, name: school.name, place: school.commune,
    signTitle: text(isDeputy ? 'school.signDeputy' : 'school.signPrincipal'), signer: (isDeputy ? profile.deputy_name : profile?.principal_name) ?? '',
  };
}
