import type { CoverageAnswer, CoverageContract, CoverageReason } from '../modules/rights/index.ts';

/** The answer to a lookup, as the server sends it. */
export type ShownAnswer = CoverageAnswer & { readonly presence: 'accepted' | 'not-accepted' | 'not-given' };

const reasons: Readonly<Record<CoverageReason, string>> = {
  covered: 'covered',
  'no-contract': 'no contract',
  'not-started': 'rights have not started',
  ended: 'rights have ended',
  'domain-not-covered': 'the contract does not cover it',
  'domain-not-for-profession': 'not for this profession',
  'rights-unreadable': 'what the insurer sent cannot be read',
};

const presences = {
  accepted: 'The person is present: this lookup cost nothing.',
  'not-accepted': 'The card’s code was not accepted: this lookup counts as one without presence.',
} as const;

/** An answer as a card to be read: one block a contract, then each domain and why. */
export function cardLines(answer: ShownAnswer): string[] {
  const contracts = answer.contracts.flatMap((contract) => [...contractLines(contract), '']);
  const width = Math.max(0, ...answer.domains.map(({ label }) => label.en.length));
  const lines = answer.domains.map(({ domain, label, covered, reason }) => {
    const name = `${domain.padEnd(4)}  ${label.en.padEnd(width)}`;
    return `  ${covered ? '✓' : '–'} ${name}  ${reasons[reason]}${levelsOf(answer, domain)}`;
  });
  const presence = answer.presence === 'not-given' ? [] : ['', presences[answer.presence]];
  return [...contracts, `On ${answer.careDate}: ${reasons[answer.reason]}`, ...lines, ...presence];
}

function contractLines(contract: CoverageContract): string[] {
  const { insurer, memberNumber, convention, csr, responsibleContract } = contract;
  const online = `${contract.onlineStart ?? '…'} to ${contract.onlineEnd ?? '…'}`;
  const block = [`AMC ${insurer.amcCode ?? '–'}`, `convention ${convention ?? '–'}`, `CSR ${csr ?? '–'}`];
  return [
    `${insurer.name ?? 'Insurer'}${responsibleContract === true ? '   R' : ''}`,
    `  Member ${memberNumber ?? '–'}`,
    `  ${block.join('   ')}`,
    `  Online rights ${online} ${printed(contract)}`.trimEnd(),
  ];
}

// Only when it differs: the online date decides, and a card in the hand may say another.
function printed({ onlineEnd, printedEnd }: CoverageContract): string {
  return printedEnd === null || printedEnd === onlineEnd ? '' : `(the card says ${printedEnd})`;
}

function levelsOf(answer: ShownAnswer, domain: string): string {
  const levels = answer.contracts.flatMap(({ insurer, domains }) =>
    domains
      .filter((each) => each.domain === domain)
      .map(
        ({ level, conventions }) => `${level} ${conventions.join('/')}${nameIfSeveral(answer, insurer.name)}`,
      ),
  );
  return levels.length === 0 ? '' : `: ${levels.join(', then ')}`;
}

function nameIfSeveral(answer: ShownAnswer, name: string | null): string {
  return answer.contracts.length > 1 && name !== null ? ` (${name})` : '';
}
