import { createContext, useContext, useState } from 'react';
import { useLanguage } from '../../resources/language/language.ts';
import type { Language } from '../../resources/language/language.ts';

const LANGUAGE = 'so-truong.language';

/** A choice of this person on this machine; a browser that forbids storage just forgets it. */
export function keptPreference(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

export function keepPreference(name: string, value: string): void {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // Private windows may refuse; the choice then lasts until the window closes.
  }
}

/** A yes-or-no choice kept on this machine. */
export function usePreference(name: string, initial: boolean): [boolean, (value: boolean) => void] {
  const key = `so-truong.${name}`;
  const [value, setValue] = useState(() => {
    const kept = keptPreference(key);
    return kept === null ? initial : kept === 'yes';
  });
  return [value, next => {
    setValue(next);
    keepPreference(key, next ? 'yes' : 'no');
  }];
}

export function keptLanguage(): Language {
  return keptPreference(LANGUAGE) === 'en' ? 'en' : 'vi';
}

/** Switches every later text of the window and keeps the choice on this machine. */
export function chooseLanguage(language: Language): Language {
  // oxlint-disable-next-line react/hooks -- a plain function of the catalogue, not a hook
  useLanguage(language);
  keepPreference(LANGUAGE, language);
  return language;
}

export const LanguageContext = createContext<{ language: Language; setLanguage: (language: Language) => void }>({
  language: 'vi',
  setLanguage: () => undefined,
});

export function useLanguageChoice(): { language: Language; setLanguage: (language: Language) => void } {
  return useContext(LanguageContext);
}
