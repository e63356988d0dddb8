import { type Profession, professions } from '../../rights/index.ts';

/**
 * How often a detector's event happens at usual work, and the bound that its guarantee rests on. The bound of
 * an assumed rate is a chosen margin, no confidence bound: `vigie guard rates` measures one.
 */
export type NullRate = {
  /** A code of the table of professions; '' for an account that has none. */
  readonly profession: string;
  readonly value: number;
  /** The guarantee holds while the true rate is at most this. */
  readonly upper: number;
  readonly mark: 'assumed' | 'derived';
  readonly because: string;
};

/**
 * A rate beside the table, the same for every profession: after an event of the same kind, or at times when
 * everybody's rate is another. It is its own bound.
 */
export type SideRate = {
  readonly name: string;
  /** Its place in `rateOf`, and where its e-detectors stand. */
  readonly rate: number;
  readonly track: number;
  readonly upper: number;
  readonly mark: 'assumed' | 'argued';
  readonly because: string;
};

type Rate = Omit<NullRate, 'profession'>;

/** A detector's table: its rows to read, its bounds by place. */
export type NullTable = { readonly rows: readonly NullRate[]; readonly upper: Float64Array };

const places: ReadonlyMap<string, number> = new Map(professions.map(({ code }, place) => [code, place]));

/** The place of a profession in tables of null rates; the last is for accounts that have none of the list. */
export function professionPlace(code: string): number {
  return places.get(code) ?? professions.length;
}

/** A row for each profession, and the most cautious of them for who has none. */
export function nullTable(tell: (profession: Profession) => Rate): NullTable {
  const rows: NullRate[] = professions.map((each) => ({ profession: each.code, ...tell(each) }));
  const most = rows.reduce((highest, row) => (row.upper > highest.upper ? row : highest));
  const because = `of no listed profession: as ${most.profession}, the highest`;
  rows.push({ ...most, profession: '', mark: 'assumed', because });
  return { rows, upper: Float64Array.from(rows, ({ upper }) => upper) };
}

/** The same rate for every profession, some excepted. */
export function sameRate(rate: Rate, except: Readonly<Record<string, Rate>> = {}): NullTable {
  return nullTable(({ code }) => except[code] ?? rate);
}

/** A rate we chose until real days give one. */
export function assumedRate(value: number, upper: number, because: string): Rate {
  return { value, upper, mark: 'assumed', because };
}

/** A rate that follows from other figures. */
export function derivedRate(value: number, upper: number, because: string): Rate {
  return { value, upper, mark: 'derived', because };
}
