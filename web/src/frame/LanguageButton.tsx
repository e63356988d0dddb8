import { Button } from '@mantine/core';
import { useLanguage } from '../texts/language.tsx';

/** Changes between French and English. */
export function LanguageButton({ color }: { readonly color?: string }) {
  const { language, texts, speak } = useLanguage();
  const other = language === 'fr' ? 'en' : 'fr';
  return (
    <Button
      variant="subtle"
      size="compact-sm"
      lang={other}
      {...(color === undefined ? {} : { color })}
      onClick={() => speak(other)}
    >
      {texts.language.other}
    </Button>
  );
}
