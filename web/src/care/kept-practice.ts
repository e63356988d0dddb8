import type { TypedCare } from './typed-care.ts';

type Practice = Pick<TypedCare, 'sector' | 'optam'>;
const kept = 'vigie-practice';

/** Keeps on this machine how its professional is bound to the mandatory scheme; nothing of a person. */
export function keepPractice({ sector, optam }: Practice): void {
  localStorage.setItem(kept, `${sector}${optam ? ' optam' : ''}`);
}

/** What was kept last; sector 1 when nothing was. */
export function readPractice(): Practice {
  const [sector, optam] = (localStorage.getItem(kept) ?? '').split(' ');
  return { sector: sector === '2' ? '2' : '1', optam: optam === 'optam' };
}
