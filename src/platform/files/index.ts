export { csvLine, readCsvLine } from './csv-line.ts';
export { FileProblem } from './file-problem.ts';
export type { Asked } from './header.ts';
export { openRows, type RowFile } from './open-rows.ts';
export { RejectedLines } from './rejected-lines.ts';
export { type BadRow, type FileFormat, isBadRow, type LineReason, lineReasons, type Row } from './row.ts';
export { valueClass } from './value-class.ts';
