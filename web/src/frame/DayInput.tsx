import { TextInput, type TextInputProps } from '@mantine/core';
import { useDates } from '../texts/language.tsx';

/**
 * A day, by the browser's own field: its calendar and its keyboard are the ones people know. It writes days
 * in the browser's language, which no page can change, so the day stands below in words, in the language
 * that was chosen: 03/04 is read in one way only.
 */
export function DayInput(
  props: Omit<TextInputProps, 'value' | 'onChange' | 'description' | 'type'> & {
    /** `YYYY-MM-DD`; empty while it is no day. */
    readonly value: string;
    readonly change: (day: string) => void;
  },
) {
  const { value, change, ...rest } = props;
  const dates = useDates();
  // A year is typed digit by digit: 0002 is no day of care.
  const words = value >= '1900' ? dates.weekday(value) : '\u00a0';
  return (
    <TextInput
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...rest}
      type="date"
      description={words}
      value={value}
      onChange={(event) => change(event.currentTarget.value)}
    />
  );
}
