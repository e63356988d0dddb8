const shapes: readonly (readonly [RegExp, (length: number) => string])[] = [
  [/^\s+$/, () => 'blank'],
  [/^\d+$/, (length) => `${length} ${length === 1 ? 'digit' : 'digits'}`],
  [/^\d{4}-\d{2}-\d{2}$/, () => 'day as YYYY-MM-DD'],
  [/^\d{2}\/\d{2}\/\d{4}$/, () => 'day as DD/MM/YYYY'],
  [/^[\dA-Za-z]*\d[\dA-Za-z]*$/, (length) => `digits and letters, ${length}`],
];

/** Says what kind of text stood there (`15 digits`, `empty`, `text of 12`), never the text. */
export function valueClass(text: string): string {
  if (text === '') return 'empty';
  const shape = shapes.find(([pattern]) => pattern.test(text));
  return shape === undefined ? `text of ${text.length}` : shape[1](text.length);
}
