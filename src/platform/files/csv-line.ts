/** What makes a spreadsheet run a cell; the wide forms too, which some of them take for the narrow ones. */
const formula = /^(?:[\t\r\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;
// A line is a record for our reader, and a NUL is refused by it: neither may stand in a cell.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what it is about.
const breaks = /[\r\n\u0000]+/g;
// All the usual delimiters, since who opens the file may have another one set than it was written with.
const special = /[",;\t|]/;

/**
 * Writes one line of CSV, without its line break. A cell that a spreadsheet would run is neutralised with a
 * leading quote mark; a line break in a cell becomes a space. `|` means the form of the national directory,
 * which knows no quoting: there a `|` in a cell becomes a space.
 */
export function csvLine(cells: readonly string[], delimiter = ';'): string {
  return cells.map((cell) => csvCell(cell, delimiter)).join(delimiter);
}

/** Reads the cells of a line that `csvLine` wrote with the usual delimiter. */
export function readCsvLine(line: string): string[] {
  return [...`;${line}`.matchAll(/;(?:"((?:[^"]|"")*)"|([^;]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );
}

function csvCell(cell: string, delimiter: string): string {
  const safe = (formula.test(cell) ? `'${cell}` : cell).replace(breaks, ' ');
  if (delimiter === '|') return safe.replaceAll('|', ' ');
  return special.test(safe) || safe.includes(delimiter) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
