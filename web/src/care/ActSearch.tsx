import { Text, TextInput } from '@mantine/core';
import { type KeyboardEvent, type RefObject, useId, useState } from 'react';
import type { CatalogueAct } from '../../../src/modules/claims/acts/catalogue-act.ts';
import { findActs, priceOn } from '../../../src/modules/claims/acts/find-acts.ts';
import { findProfession } from '../../../src/modules/rights/professions.ts';
import { useClaimTexts, useEuros } from '../texts/claims.ts';
import { useLanguage } from '../texts/language.tsx';
import { codeOf } from './typed-care.ts';

/** What was chosen: an act of the catalogue, or a code that it does not have. */
export type ActChoice = { readonly act: CatalogueAct } | { readonly code: string };

type Props = {
  readonly profession: string;
  readonly careDate: string;
  readonly wrong: string | null;
  readonly choose: (choice: ActChoice) => void;
  readonly input: RefObject<HTMLInputElement | null>;
};

const shownMost = 12;

/** Finds acts of one's profession by typing a code or a word: arrows choose, Enter adds, Escape closes. */
export function ActSearch(props: Props) {
  const { careDate, wrong, input } = props;
  const { acts: texts } = useClaimTexts();
  const list = useId();
  const { text, type, place, choices, isShown, take, press, close } = useChoosing(props);
  const isList = isShown && choices.length > 0;
  return (
    <div className="act-search">
      <TextInput
        ref={input}
        size="md"
        label={texts.search}
        description={texts.searchHelp}
        error={wrong}
        role="combobox"
        aria-autocomplete="list"
        aria-expanded={isList}
        aria-controls={list}
        {...(isList ? { 'aria-activedescendant': `${list}-${place}` } : {})}
        autoComplete="off"
        spellCheck={false}
        maxLength={60}
        value={text}
        onChange={(event) => type(event.currentTarget.value)}
        onKeyDown={press}
        onBlur={close}
      />
      <div id={list} role="listbox" aria-label={texts.found} hidden={!isList}>
        {choices.map((choice, at) => (
          <Choice
            key={'act' in choice ? `${choice.act.code} ${choice.act.fr}` : choice.code}
            {...{ id: `${list}-${at}`, choice, careDate, isChosen: at === place }}
            take={() => take(choice)}
          />
        ))}
      </div>
      {isShown && choices.length === 0 && (
        <Text size="sm" mt="xs" role="status">
          {texts.nothing}
        </Text>
      )}
    </div>
  );
}

function useChoosing({ profession, careDate, choose }: Props) {
  const [text, setText] = useState('');
  const [place, setPlace] = useState(0);
  const [isOpen, setOpen] = useState(false);
  const choices = choicesFor(text, profession, careDate);
  const isShown = isOpen && text.trim() !== '';
  const type = (typed: string) => {
    setText(typed);
    setPlace(0);
    setOpen(true);
  };
  const take = (choice: ActChoice | undefined) => {
    if (choice === undefined) return;
    setText('');
    setOpen(false);
    choose(choice);
  };
  const press = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && choices.length > 0) {
      event.preventDefault();
      setOpen(true);
      setPlace((place + step + choices.length) % choices.length);
    }
    if (event.key === 'Escape') setOpen(false);
    if (event.key === 'Enter') {
      event.preventDefault();
      if (isShown) take(choices[place]);
    }
  };
  return { text, type, place, choices, isShown, take, press, close: () => setOpen(false) };
}

function Choice(props: {
  readonly id: string;
  readonly choice: ActChoice;
  readonly careDate: string;
  readonly isChosen: boolean;
  readonly take: () => void;
}) {
  const { id, choice, careDate, isChosen, take } = props;
  const { language } = useLanguage();
  const { acts: texts } = useClaimTexts();
  const euros = useEuros();
  const price = 'act' in choice ? priceOn(choice.act, careDate) : null;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field, which keeps the focus.
    <div
      id={id}
      role="option"
      aria-selected={isChosen}
      tabIndex={-1}
      // The field keeps the focus, else the list would close before the click.
      onMouseDown={(event) => event.preventDefault()}
      onClick={take}
      ref={(item) => {
        if (isChosen) item?.scrollIntoView({ block: 'nearest' });
      }}
    >
      {'act' in choice ? (
        <>
          <span className="act-code">{choice.act.code}</span>
          <span className="act-name">{choice.act[language]}</span>
          <span className="act-price">{price === null ? texts.amountUnknown : euros(price)}</span>
        </>
      ) : (
        <span className="act-name">{texts.addCode(choice.code)}</span>
      )}
    </div>
  );
}

/** Boxes and products have thousands of codes: one that the catalogue does not have may be added as it is. */
function choicesFor(text: string, profession: string, day: string): readonly ActChoice[] {
  const domains = findProfession(profession)?.domains ?? [];
  const found = findActs(text, { domains, day, most: shownMost });
  const code = text.toUpperCase().replaceAll(/\s/g, '');
  const isCode = /^[A-Z0-9][A-Z0-9.+-]{0,19}$/.test(code);
  const isKnown = found.some((act) => codeOf(act) === code);
  const isMeant = /\d/.test(code) || (found.length === 0 && code.length < 6);
  const other = isCode && isMeant && !isKnown && domains.length > 0 ? [{ code }] : [];
  return [...found.map((act) => ({ act })), ...other];
}
