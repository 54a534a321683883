import { createInstance } from 'i18next';
import vi from './vi.json' with { type: 'json' };
import en from './en.json' with { type: 'json' };

export type Language = 'vi' | 'en';

const catalogue = createInstance();
void catalogue.init({
  lng: 'vi',
  fallbackLng: 'vi',
  resources: { vi: { translation: vi }, en: { translation: en } },
  interpolation: { escapeValue: false },
  initAsync: false,
});

/** The text of `key` in the current language, with `{{name}}` filled from `params`. An unknown key comes back as itself. */
export function text(key: string, params: Record<string, string | number> = {}): string {
  return catalogue.t(key, params);
}

export function hasText(key: string): boolean {
  return catalogue.exists(key);
}

/** Switches every later {@link text}; callers that already rendered must render again. */
export function useLanguage(language: Language): void {
  void catalogue.changeLanguage(language);
}

export function currentLanguage(): Language {
  return catalogue.language === 'en' ? 'en' : 'vi';
}
