import { useMediaQuery } from '@mantine/hooks';
import type { Api } from '../api/types.d.ts';
import { useGuardTexts } from '../texts/guard.ts';
import { useTexts } from '../texts/language.tsx';
import { layOut, type Spot } from './link-layout.ts';
import './campaigns.css';

export type Campaign = Api['GET /v1/guard/campaigns/{campaign}']['answer'];
export type Member = Campaign['members'][number];
type Link = Campaign['links'][number];

const disc = 19;
/** Names of what is shared stand between two discs: so far apart they are. */
const sizes = { wide: { ring: 158, spot: 46 }, narrow: { ring: 118, spot: 44 } } as const;

/**
 * Who is linked with whom, and by what: the links that hold the campaign together are named, the others are
 * thin. What an account may do is told by the shape of its mark, not by colour alone. `own` stands out.
 */
export function LinkGraph({ of, own }: { readonly of: Campaign; readonly own?: number }) {
  const { campaigns: texts } = useGuardTexts();
  const isNarrow = useMediaQuery('(max-width: 36em)') === true;
  const members = of.members.toSorted((one, other) => other.bits - one.bits || one.account - other.account);
  const layout = layOut(
    members.map(({ account }) => account),
    of.links,
    sizes[isNarrow ? 'narrow' : 'wide'],
  );
  const { spots, holding, others } = layout;
  const { left, top, width, height } = frameOf([...spots.values()]);
  const ends = ({ one, other }: Link) => [spots.get(one), spots.get(other)] as const;
  return (
    <>
      <svg
        viewBox={`${left} ${top} ${width} ${height}`}
        style={{ maxWidth: `${width}px` }}
        role="img"
        aria-label={texts.graph(of.accounts, of.links.length)}
        className="links"
      >
        {others.map((link) => (
          <Line key={`${link.one} ${link.other}`} ends={ends(link)} className="other" />
        ))}
        {holding.map((link) => (
          <Holding key={`${link.one} ${link.other}`} link={link} ends={ends(link)} isShort={isNarrow} />
        ))}
        {members.map((member) => (
          <Mark
            key={member.account}
            {...{ member }}
            spot={spots.get(member.account)}
            isOwn={member.account === own}
          />
        ))}
      </svg>
      <Key hasOthers={others.length > 0} />
    </>
  );
}

/** The smallest frame around the marks. */
function frameOf(spots: readonly Spot[]) {
  const edge = disc + 6;
  const [xs, ys] = [spots.map(({ x }) => x), spots.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs) - edge, Math.min(...ys) - edge];
  return { left, top, width: Math.max(...xs) + edge - left, height: Math.max(...ys) + edge - top };
}

type Ends = readonly [Spot | undefined, Spot | undefined];

function Line({ ends: [a, b], className }: { readonly ends: Ends; readonly className: string }) {
  if (a === undefined || b === undefined) return null;
  return <line className={className} x1={a.x} y1={a.y} x2={b.x} y2={b.y} />;
}

/** A link with its name along it, never upside down. */
function Holding(props: { readonly link: Link; readonly ends: Ends; readonly isShort: boolean }) {
  const { link, ends, isShort } = props;
  const { campaigns: texts } = useGuardTexts();
  const [a, b] = ends;
  if (a === undefined || b === undefined) return null;
  const angle = (Math.atan2(b.y - a.y, b.x - a.x) * 180) / Math.PI;
  const upright = angle > 90 || angle <= -90 ? angle + 180 : angle;
  const names = link.families.map((family) => texts.families[family]);
  return (
    <>
      <Line ends={ends} className="holding" />
      <text
        textAnchor="middle"
        transform={`translate(${(a.x + b.x) / 2} ${(a.y + b.y) / 2}) rotate(${upright.toFixed(1)})`}
        dy={-4}
      >
        {shorten(names, isShort ? 1 : 2)}
      </text>
    </>
  );
}

/** As many names as there is room for; the table has all. */
function shorten(names: readonly string[], most: number): string {
  const left = names.length - most;
  return names.slice(0, most).join(', ') + (left > 0 ? ` +${left}` : '');
}

type MarkProps = { readonly member: Member; readonly spot: Spot | undefined; readonly isOwn: boolean };

function Mark({ member, spot, isOwn }: MarkProps) {
  const { accounts } = useTexts();
  if (spot === undefined) return null;
  const { account, standing } = member;
  return (
    <g transform={`translate(${spot.x} ${spot.y})`} className={`mark ${standing}${isOwn ? ' is-own' : ''}`}>
      <title>{`${account}: ${accounts.standings[standing]}`}</title>
      <Shape of={standing} />
      <text textAnchor="middle" dy={4}>
        {account}
      </text>
    </g>
  );
}

/** Open is a disc, limited a disc with a ring, suspended a square. */
function Shape({ of: standing }: { readonly of: Member['standing'] }) {
  return (
    <>
      {standing === 'suspended' ? (
        <rect x={-disc + 2} y={-disc + 2} width={2 * disc - 4} height={2 * disc - 4} rx={4} />
      ) : (
        <circle r={disc - 1} />
      )}
      {(standing === 'challenged' || standing === 'restricted') && <circle className="ring" r={disc - 5} />}
    </>
  );
}

function Key({ hasOthers }: { readonly hasOthers: boolean }) {
  const { campaigns: texts } = useGuardTexts();
  const { accounts } = useTexts();
  const shape = (standing: 'open' | 'restricted' | 'suspended') => (
    <svg viewBox="-20 -20 40 40" aria-hidden="true" className="links">
      <g className={`mark ${standing}`}>
        <Shape of={standing} />
      </g>
    </svg>
  );
  const line = (className: string) => (
    <svg viewBox="0 0 32 12" aria-hidden="true" className="links line">
      <line className={className} x1={0} x2={32} y1={6} y2={6} />
    </svg>
  );
  return (
    <ul className="legend">
      <li>
        {shape('open')}
        {accounts.standings.open}
      </li>
      <li>
        {shape('restricted')}
        {texts.limited}
      </li>
      <li>
        {shape('suspended')}
        {accounts.standings.suspended}
      </li>
      <li>
        {line('holding')}
        {texts.holding}
      </li>
      {hasOthers && (
        <li>
          {line('other')}
          {texts.others}
        </li>
      )}
    </ul>
  );
}
