import type { DomainCode } from '../../rights/index.ts';
import { domainsOfKind } from '../acts/domain-of-act.ts';
import { type CareKind, careKinds } from '../guarantees/care.ts';
import type { Form, Guarantee } from '../guarantees/contract.ts';

/** A level that only holds on prior agreement: what it pays is in the plan alone. */
export const onAgreement = 'PEC';

/**
 * The guarantees of a contract that names no plan, read from the levels that its card prints: `100 %` of the
 * base with the mandatory share in it, `100/100/85` of drugs by their rate, `50 EUR` a night. Whatever else
 * stands there, and what needs a prior agreement, pays nothing: an amount is not guessed.
 */
export function guaranteesOfLevels(levels: readonly (readonly [DomainCode, string])[]): Guarantee[] {
  return careKinds.flatMap((kind) => {
    const found = levels.find(([domain]) => domainsOfKind[kind].includes(domain));
    if (found === undefined) return [];
    const [domain, level] = found;
    return [{ name: `${domain} ${level}`, kinds: [kind], pays: formOfLevel(level, kind) }];
  });
}

function formOfLevel(level: string, kind: CareKind): Form {
  const [, percent] = /^(\d{1,3}) ?%$/.exec(level) ?? /^(\d{1,3})(?:\/\d{1,3}){2}$/.exec(level) ?? [];
  if (percent !== undefined && Number(percent) >= 100) {
    return { form: 'percent-of-base', percent: Number(percent), includesMandatory: true };
  }
  const [, euros] = /^(\d{1,4}) EUR$/.exec(level) ?? [];
  if (euros === undefined) return { form: 'nothing' };
  return { form: 'amount', cents: Number(euros) * 100, per: kind === 'private-room' ? 'night' : 'act' };
}
