import { Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { call } from '../api/call.ts';
import type { Api } from '../api/types.d.ts';
import { ProblemNotice } from '../frame/ProblemNotice.tsx';
import { TableHead } from '../frame/TableHead.tsx';
import { useGuardTexts } from '../texts/guard.ts';
import { useNumbers } from '../texts/language.tsx';
import { departementNames, gridSize, type Tile, tiles } from './departements.ts';

type Places = Api['GET /v1/guard/cases/{case}/places']['answer'];
type Place = Places['places'][number];

/** A square, and the gap to the next one, in points of the drawing. */
const side = 24;
const step = 26;
/** So many places are said in words; the table has all. */
const mostShown = 8;
/** Of a disc, as a radius; it stands below the number of its square. */
const largest = 6.8;
const smallest = 3;

/** Where the numbers of a case's new people were given, against those of the account's usual people. */
export function PlacesPart({ id }: { readonly id: string }) {
  const { places: texts } = useGuardTexts();
  const found = useQuery({
    queryKey: ['guard', 'case', id, 'places'],
    queryFn: async () => (await call('GET /v1/guard/cases/{case}/places', { path: { case: id } })).body,
  });
  return (
    <section className="sheet">
      <Title order={2} size="h4" mb="xs">
        {texts.title}
      </Title>
      {found.isError && <ProblemNotice error={found.error} again={() => void found.refetch()} />}
      {found.data !== undefined && <Shown of={found.data} />}
    </section>
  );
}

function Shown({ of }: { readonly of: Places }) {
  const { places: texts } = useGuardTexts();
  const number = useNumbers();
  const elsewhere = of.places.reduce((sum, { people, isUsual }) => sum + (isUsual === false ? people : 0), 0);
  const verdict = of.isUsualKnown
    ? texts.elsewhere(number(elsewhere), of.people)
    : texts.notKnown(of.usualPeople);
  return (
    <div className="places">
      <PlacesMap of={of} says={`${texts.title}. ${verdict}`} />
      <div>
        <Text fw={600}>{of.people === 0 ? texts.nobody : verdict}</Text>
        <Most of={of} />
        {of.unplaced > 0 && <Text size="sm">{texts.unplaced(of.unplaced)}</Text>}
        <Key isUsualKnown={of.isUsualKnown} />
        <Text size="sm" className="quiet">
          {texts.says}
        </Text>
        <PlacesTable of={of} />
      </div>
    </div>
  );
}

/** The places of most of the case's people, in words. */
function Most({ of }: { readonly of: Places }) {
  const nameOf = usePlaceName();
  const number = useNumbers();
  const { places: texts } = useGuardTexts();
  const most = of.places
    .filter(({ people }) => people > 0)
    .toSorted((one, other) => other.people - one.people)
    .slice(0, mostShown);
  return (
    <ul className="signs">
      {most.map(({ departement, people, isUsual }) => (
        <li key={departement} className={isUsual === false ? 'loud' : undefined}>
          {texts.most(nameOf(departement), number(people))}
        </li>
      ))}
    </ul>
  );
}

/** Shade says how usual, a disc how many of the case: no two things are told apart by their hue alone. */
function PlacesMap({ of, says }: { readonly of: Places; readonly says: string }) {
  const nameOf = usePlaceName();
  const { places: texts } = useGuardTexts();
  const byCode = new Map(of.places.map((place) => [place.departement, place]));
  const most = Math.max(1, ...of.places.map(({ people }) => people));
  const label = ({ code }: Tile) => {
    const { people = 0, usual = 0 } = byCode.get(code) ?? {};
    return texts.tile(nameOf(code), people, usual);
  };
  return (
    <svg
      viewBox={`0 0 ${gridSize.columns * step} ${gridSize.rows * step}`}
      role="img"
      aria-label={says}
      className="tiles"
    >
      {tiles.map((tile) => {
        const place = byCode.get(tile.code);
        const people = place?.people ?? 0;
        return (
          <g key={tile.code} transform={`translate(${tile.column * step} ${tile.row * step})`}>
            <title>{label(tile)}</title>
            <rect className={shadeOf(place, of.usualPeople)} width={side} height={side} rx={3} />
            <text x={3} y={8.8}>
              {tile.code}
            </text>
            {people > 0 && (
              <circle
                className="case"
                cx={side - largest - 0.5}
                cy={side - largest - 0.5}
                r={Math.max(smallest, largest * Math.sqrt(people / most))}
              />
            )}
          </g>
        );
      })}
    </svg>
  );
}

const shades = ['never', 'seldom', 'usual', 'mostly'] as const;

/** From never to a tenth and more of the account's usual people; detector 2 says what is usual. */
function shadeOf(place: Place | undefined, people: number): (typeof shades)[number] {
  if (place === undefined || place.usual === 0 || place.isUsual === null) return 'never';
  if (place.isUsual === false) return 'seldom';
  return place.usual / people >= 0.1 ? 'mostly' : 'usual';
}

/** While nothing is known to be usual, no square is shaded, and no shade explained. */
function Key({ isUsualKnown }: { readonly isUsualKnown: boolean }) {
  const { places: texts } = useGuardTexts();
  return (
    <ul className="legend">
      <li>
        <svg viewBox="0 0 24 24" aria-hidden="true" className="tiles">
          <circle className="case" cx={12} cy={12} r={8} />
        </svg>
        {texts.ofCase}
      </li>
      {(isUsualKnown ? shades : []).map((shade) => (
        <li key={shade}>
          <svg viewBox="0 0 24 24" aria-hidden="true" className="tiles">
            <rect className={shade} x={1} y={1} width={22} height={22} rx={3} />
          </svg>
          {texts.shades[shade]}
        </li>
      ))}
    </ul>
  );
}

function PlacesTable({ of }: { readonly of: Places }) {
  const { places: texts } = useGuardTexts();
  const number = useNumbers();
  const nameOf = usePlaceName();
  const rows = of.places.toSorted((one, other) => other.people - one.people || other.usual - one.usual);
  const says = ({ isUsual }: Place) =>
    isUsual === null ? texts.unknown : isUsual ? texts.isUsual : texts.isElsewhere;
  return (
    <details>
      <summary>{texts.asTable}</summary>
      <Table.ScrollContainer type="native" tabIndex={0} minWidth={420}>
        <Table aria-label={texts.asTable} className="figures">
          <TableHead heads={texts.heads} />
          <Table.Tbody>
            {rows.map((row) => (
              <Table.Tr key={row.departement}>
                <Table.Th scope="row">{nameOf(row.departement)}</Table.Th>
                <Table.Td>{number(row.people)}</Table.Td>
                <Table.Td>{number(row.usual)}</Table.Td>
                <Table.Td>{says(row)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </details>
  );
}

/** A département as people know it: its number and its name. */
export function usePlaceName(): (code: string) => string {
  const { places: texts } = useGuardTexts();
  return (code) => `${code} ${departementNames.get(code) ?? texts.special[code] ?? ''}`.trim();
}
