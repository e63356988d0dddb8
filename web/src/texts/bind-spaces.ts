/** A space on which no line breaks. */
const bound = '\u00a0';

function bind(text: string): string {
  return text
    .replaceAll(/ (?=[:;?!»%])/g, bound)
    .replaceAll(/(?<=«) /g, bound)
    .replaceAll(/(?<=\d) (?=(bits|s|min|h)\b)/g, bound);
}

/** French texts whose lines break as French is set: written with plain spaces, shown with bound ones. */
export function bindSpaces<Said>(said: Said): Said {
  if (typeof said === 'string') return bind(said) as Said;
  if (Array.isArray(said)) return said.map((each) => bindSpaces(each)) as Said;
  if (typeof said === 'function') return ((...asked: unknown[]) => bindSpaces(said(...asked))) as Said;
  if (said === null || typeof said !== 'object') return said;
  const pairs = Object.entries(said).map(([key, each]) => [key, bindSpaces(each)]);
  return Object.fromEntries(pairs) as Said;
}
