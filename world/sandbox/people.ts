import {
  type Rejection,
  rejections,
  rejectionWords,
  type ScenarioWord,
} from '../../src/modules/claims/index.ts';

/** What a vendor can count on of a person of the sandbox. */
export type Does = 'accepts' | 'limits' | ScenarioWord;

/** A person of the sandbox: invented, with an identity that never changes. */
export type SandboxPerson = {
  /** Fifteen characters, the key with them. */
  readonly nir: string;
  readonly birthDate: string;
  readonly name: string;
  readonly does: Does;
  /** Whether the rules themselves come to it, or the scenario decides whatever the claim says. */
  readonly by: 'rules' | 'scenario';
  readonly says: { readonly fr: string; readonly en: string };
};

/**
 * Births of 1971 on in Essonne, under a code of no commune: nobody has these numbers, and the invented
 * country gives out none of that département.
 */
const table: readonly (readonly [string, string, string, Does])[] = [
  ['271019198000181', '1971-01-01', 'Alba', 'accepts'],
  ['172069198000264', '1972-06-08', 'Basile', 'limits'],
  ['273119198000344', '1973-11-15', 'Cléa', 'rejects-care-in-future'],
  ['174049198000429', '1974-04-22', 'Diego', 'rejects-care-too-old'],
  ['275099198000509', '1975-09-01', 'Élise', 'rejects-act-not-for-profession'],
  ['176029198000691', '1976-02-08', 'Fabrice', 'rejects-prescription-missing'],
  ['277079198000771', '1977-07-15', 'Gilda', 'rejects-prescription-after-care'],
  ['178129198000854', '1978-12-22', 'Hector', 'rejects-duplicate'],
  ['279059198000936', '1979-05-01', 'Inès', 'rejects-engagement-unknown'],
  ['180109198001019', '1980-10-08', 'Jonas', 'rejects-engagement-cancelled'],
  ['281039198001101', '1981-03-15', 'Katell', 'rejects-engagement-used'],
  ['182089198001281', '1982-08-22', 'Loup', 'rejects-engagement-expired'],
  ['283019198001363', '1983-01-01', 'Maëlle', 'rejects-over-engagement'],
  ['184069198001446', '1984-06-08', 'Nestor', 'rejects-rights-closed'],
  ['285119198001526', '1985-11-15', 'Odile', 'rejects-domain-not-covered'],
  ['186049198001611', '1986-04-22', 'Pablo', 'rejects-engagement-needed'],
  ['287099198001788', '1987-09-01', 'Quitterie', 'rejects-renewal-too-early'],
  ['188029198001873', '1988-02-08', 'Rémi', 'rejects-amounts-differ'],
  ['289079198001953', '1989-07-15', 'Salomé', 'slow'],
  ['190129198002036', '1990-12-22', 'Timéo', 'down'],
  ['291059198002118', '1991-05-01', 'Ursule', 'signals-care-after-death'],
  ['192109198002201', '1992-10-08', 'Victor', 'signals-impossible-combination'],
  ['293039198002380', '1993-03-15', 'Wanda', 'signals-paid-elsewhere'],
];

/** What the rules come to by themselves, because of who the person is. */
const byRules: Partial<Record<Does, { readonly fr: string; readonly en: string }>> = {
  accepts: {
    fr: 'Accepte ce que les règles acceptent',
    en: 'Accepts what the rules accept',
  },
  limits: {
    fr: 'A des plafonds : 300 € de lunettes par an, deux aides auditives en quatre ans',
    en: 'Has limits: 300 € of glasses a year, two hearing aids in four years',
  },
  'rejects-rights-closed': {
    fr: 'Rejette : droits fermés depuis le 31/12/2025 ; l’organisme est averti de soins hors des droits',
    en: 'Rejects: rights ended on 2025-12-31; the insurer hears of care outside cover',
  },
  'rejects-domain-not-covered': {
    fr: 'Rejette : son contrat ne couvre que l’hôpital',
    en: 'Rejects: the contract covers hospitals only',
  },
  'rejects-engagement-needed': {
    fr: 'Rejette sans accord préalable (PEC) lunettes, aides auditives et prothèses dentaires',
    en: 'Rejects glasses, hearing aids and dental prostheses without a prior agreement (PEC)',
  },
  'signals-care-after-death': {
    fr: 'Accepte, et avertit l’organisme : soin après le décès (15/06/2025)',
    en: 'Accepts, and the insurer hears of care after death (2025-06-15)',
  },
};

const byScenario: Partial<Record<Does, { readonly fr: string; readonly en: string }>> = {
  slow: { fr: 'Décide au bout de trente secondes', en: 'Decides after thirty seconds' },
  down: {
    fr: 'Absent : la facture attend une heure, puis elle est décidée',
    en: 'Away: the claim waits for an hour, then it is decided',
  },
  'signals-impossible-combination': {
    fr: 'Accepte, et avertit l’organisme : combinaison impossible',
    en: 'Accepts, and the insurer hears of an impossible combination',
  },
  'signals-paid-elsewhere': {
    fr: 'Accepte, et avertit l’organisme : même acte payé à une autre structure',
    en: 'Accepts, and the insurer hears that the act was paid to another organisation',
  },
  ...Object.fromEntries(rejectionWords.map((word) => [`rejects-${word}`, rejectionSays(word)])),
};

/** Everybody of the sandbox, in the order they are shown. */
export const sandboxPeople: readonly SandboxPerson[] = table.map(([nir, birthDate, name, does]) => {
  const natural = byRules[does];
  const says = natural ?? byScenario[does];
  if (says === undefined) throw new Error(`nothing says what ${does} is`);
  return { nir, birthDate, name, does, by: natural === undefined ? 'scenario' : 'rules', says };
});

function rejectionSays(word: Rejection) {
  const { fr, en } = rejections[word];
  return { fr: `Rejette : ${lowerFirst(fr[0])}`, en: `Rejects: ${lowerFirst(en[0])}` };
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
