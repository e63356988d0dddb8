import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { en } from './en.ts';
import { fr, type Texts } from './fr.ts';
import { numbersIn } from './numbers.ts';

const languages = { fr, en };
/** The languages of the pages. */
export type Language = keyof typeof languages;

type Spoken = { readonly language: Language; readonly texts: Texts; readonly speak: (to: Language) => void };
const Context = createContext<Spoken>({ language: 'fr', texts: fr, speak: () => {} });
const kept = 'vigie-language';

/** Gives the pages their texts: in the language chosen last, else in the browser's. */
export function LanguageProvider({ children }: { readonly children: ReactNode }) {
  const [language, speak] = useState(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
    localStorage.setItem(kept, language);
  }, [language]);
  const spoken = useMemo(() => ({ language, texts: languages[language], speak }), [language]);
  return <Context.Provider value={spoken}>{children}</Context.Provider>;
}

/** The language that is spoken, and how to change it. */
export function useLanguage(): Spoken {
  return useContext(Context);
}

/** The texts of the language that is spoken. */
export function useTexts(): Texts {
  return useContext(Context).texts;
}

/** How days and instants are written. */
export function useDates() {
  const { language } = useLanguage();
  return useMemo(() => {
    const locale = language === 'fr' ? 'fr-FR' : 'en-GB';
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
    const weekday = new Intl.DateTimeFormat(locale, { dateStyle: 'full', timeZone: 'UTC' });
    const short = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeZone: 'UTC' });
    const instant = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'short' });
    const paris = new Intl.DateTimeFormat(locale, {
      ...{ dateStyle: 'long', timeStyle: 'short' },
      timeZone: 'Europe/Paris',
    });
    const second = new Intl.DateTimeFormat(locale, { dateStyle: 'short', timeStyle: 'medium' });
    return {
      day: (text: string) => day.format(new Date(`${text}T00:00:00Z`)),
      weekday: (text: string) => weekday.format(new Date(`${text}T00:00:00Z`)),
      /** For columns, where many stand one below the other. */
      shortDay: (text: string) => short.format(new Date(`${text}T00:00:00Z`)),
      instant: (text: string) => instant.format(new Date(text)),
      paris: (text: string) => paris.format(new Date(text)),
      second: (text: string) => second.format(new Date(text)),
    };
  }, [language]);
}

/** How numbers are written. */
export function useNumbers(): (value: number, decimals?: number) => string {
  return numbersIn(useLanguage().language);
}

function firstLanguage(): Language {
  const chosen = localStorage.getItem(kept) ?? navigator.language.slice(0, 2);
  return chosen === 'en' ? 'en' : 'fr';
}
