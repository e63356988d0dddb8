import { isNode, LineCounter, parseDocument } from 'yaml';

/**
 * The line, from 1, of what a path such as `guarantees.3.pays` names in a document, or of what it would stand
 * in; the line of the first error when the text is no YAML. Null when it is nowhere.
 */
export function lineOf(text: string, where: string): number | null {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) return lines.linePos(error.pos[0]).line || null;
  for (let path = pathOf(where); path.length > 0; path = path.slice(0, -1)) {
    const node = document.getIn(path, true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}

function pathOf(where: string): (string | number)[] {
  return where.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}
