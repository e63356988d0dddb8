import { type Card, findDomain, holdsOn } from '../modules/rights/index.ts';

/** A card as it is read: its block of identifiers, then each domain with its level. */
export function cardLines(card: Card, day: string): string[] {
  const { insurer, amcCode, convention, csr, memberNumber, from, to, domains } = card;
  const names = domains.map(({ domain }) => findDomain(domain)?.en ?? domain);
  const width = Math.max(0, ...names.map((name) => name.length));
  return [
    insurer ?? 'Insurer',
    `  Member ${memberNumber ?? '–'}`,
    `  AMC ${amcCode ?? '–'}   convention ${convention ?? '–'}   CSR ${csr ?? '–'}`,
    `  Valid ${from} to ${to}`,
    ...domains.map((each, place) => {
      const own = each.from === from && each.to === to ? '' : `   (${each.from} to ${each.to})`;
      const mark = holdsOn(each, day) ? '✓' : '–';
      const name = `${each.domain.padEnd(4)}  ${(names[place] ?? '').padEnd(width)}`;
      return `  ${mark} ${name}  ${each.level} ${each.conventions.join('/')}${own}`.trimEnd();
    }),
  ];
}
