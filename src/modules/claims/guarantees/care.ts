/** An amount in integer cents of euro. */
export type Cents = number;

/** What an act is, for the rules and for the guarantees; each belongs to one care domain. */
export const careKinds = [
  'consultation',
  'technical-act',
  'imaging',
  'laboratory',
  'paramedical',
  'drug',
  'transport',
  'dental-care',
  'dental-prosthesis',
  'optical-frame',
  'optical-lens',
  'hearing-aid',
  'device',
  'hospital-stay',
  'daily-hospital-charge',
  'emergency-visit',
  'private-room',
] as const;
export type CareKind = (typeof careKinds)[number];

/** How strong a lens corrects: what a responsible contract pays of glasses depends on it. */
export const lensClasses = ['simple', 'complex', 'very-complex'] as const;
export type LensClass = (typeof lensClasses)[number];

/** One line of care as a professional invoices it; amounts are of the whole line. */
export type Act = {
  /** As invoiced: NGAP, CCAM, LPP or CIP. */
  readonly code: string;
  readonly kind: CareKind;
  /** The day of care, YYYY-MM-DD: it selects every rule. */
  readonly day: string;
  /** Boxes, days, nights, lenses: 1 or more. */
  readonly quantity: number;
  readonly price: Cents;
  /** What the mandatory scheme counts from; 0 when it pays nothing. */
  readonly base: Cents;
  /** Drugs only, in percent, as their medical benefit sets it. */
  readonly drugRate?: 100 | 65 | 30 | 15;
  /** Optics, hearing and dental prostheses only: full is "100 % Santé". */
  readonly basket?: 'full' | 'moderate' | 'free';
  /** Lenses only; without it no guarantee for one class pays. */
  readonly lensClass?: LensClass;
  readonly ear?: 'left' | 'right';
  readonly outOfPathway?: boolean;
  /** During a stay: nothing is later kept from the person for it. */
  readonly inHospital?: boolean;
  readonly forLongIllness?: boolean;
  /** The lower charge: of a psychiatric ward, or of an emergency in a long illness, maternity … */
  readonly reducedCharge?: boolean;
};

/** How the professional is bound to the mandatory scheme. */
export type Practice = { readonly sector: 1 | 2; readonly optam: boolean };

/** What the mandatory scheme knows of the person on the day of care. */
export type Situation = {
  readonly birthDay: string;
  readonly scheme: 'general' | 'alsace-moselle';
  readonly longIllness: boolean;
  readonly maternity: boolean;
  readonly workAccident: boolean;
  /** Complementary cover paid by solidarity, or state medical aid. */
  readonly aid?: 'c2s' | 'ame';
};

/** The rules that an explanation names. */
export const stepRules = [
  'mandatory',
  'local',
  'out-of-pathway',
  'costly-act',
  'contract',
  'limit',
  'limit-acts',
  'c2s',
  'person',
  'participation',
  'franchise',
] as const;
export type StepRule = (typeof stepRules)[number];

/** One text in both languages; names that an insurer gave are the same in each. */
export type Told = { readonly fr: string; readonly en: string };
export type Language = keyof Told;

/** One rule that was applied, and what it came to, in the order of the calculation. */
export type Step = Told & { readonly rule: StepRule; readonly cents: Cents };

/** Who pays one line: price = mandatoryGross + complementary + person. */
export type Shares = {
  /** Due to the professional by the mandatory scheme. */
  readonly mandatoryGross: Cents;
  /** The same, less what is later kept from the person: participation and franchise. */
  readonly mandatoryNet: Cents;
  readonly participation: Cents;
  readonly franchise: Cents;
  /** In the order of the contracts: the base first, then its options. */
  readonly complementary: readonly { readonly contract: string; readonly cents: Cents }[];
  /** Left to the person at the counter. */
  readonly person: Cents;
  readonly why: readonly Step[];
};
