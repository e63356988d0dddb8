import type { Act } from '../guarantees/care.ts';
import type { Engagement } from '../quotes/quote.ts';

/** Whether acts are among those that were promised, none of them dearer. */
export function isWithinEngagement(acts: readonly Act[], { care }: Pick<Engagement, 'care'>): boolean {
  const left = [...care.acts];
  return acts.every((act) => {
    const place = left.findIndex((promised) => isSame(act, promised) && isNoDearer(act, promised));
    if (place === -1) return false;
    left.splice(place, 1);
    return true;
  });
}

function isSame(act: Act, promised: Act): boolean {
  const { code, kind, basket, ear } = promised;
  return act.code === code && act.kind === kind && act.basket === basket && act.ear === ear;
}

function isNoDearer(act: Act, promised: Act): boolean {
  return act.price <= promised.price && act.quantity <= promised.quantity && act.base <= promised.base;
}
