const locales = { fr: 'fr-FR', en: 'en-GB' } as const;

/** How numbers are written in a language, their thousands grouped: 1 234 or 1,234. */
export function numbersIn(language: keyof typeof locales): (value: number, decimals?: number) => string {
  return (value, decimals = 0) =>
    value.toLocaleString(locales[language], { maximumFractionDigits: decimals });
}
