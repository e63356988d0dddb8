/** The insurer of the sandbox, and how its contracts are found. */
export const sandboxInsurer = { id: 900, amcCode: '99500900', name: 'Mutuelle du Bac à sable' } as const;

const usual = `
  - name: Soins courants
    kinds: [consultation, technical-act, imaging, laboratory, paramedical, drug, transport, dental-care]
    pays: 100 % BR
  - name: Hôpital
    kinds: [hospital-stay, daily-hospital-charge, emergency-visit]
    pays: frais réels
  - name: Chambre particulière
    kinds: [private-room]
    pays: 50 € / nuit
  - name: Prothèses dentaires
    kinds: [dental-prosthesis]
    pays: 250 % BR`;

/** Without limits: a vendor's tests may claim as often as they like. */
const open = `
contract: Bac à sable
from: 2024-01-01
responsible: no
guarantees:${usual}
  - name: Appareillage
    kinds: [device]
    pays: 100 % BR
  - name: Monture
    kinds: [optical-frame]
    pays: 100 € / acte
  - name: Verres
    kinds: [optical-lens]
    pays: 150 € / acte
  - name: Aides auditives
    kinds: [hearing-aid]
    pays: 425 % BR
`;

const limited = `
contract: Bac à sable plafonné
from: 2024-01-01
responsible: no
guarantees:${usual}
  - name: Appareillage
    kinds: [device]
    pays: 40 € / acte
    limit: { euros: "100.00", period: year }
  - name: Lunettes
    kinds: [optical-frame, optical-lens]
    pays: frais réels
    limit: { euros: "300.00", period: year }
  - name: Aides auditives
    kinds: [hearing-aid]
    pays: 425 % BR
    limit: { acts: 2, period: four-years }
`;

/** What its contracts pay. */
export const sandboxPlans = {
  open: { name: 'Bac à sable', document: open },
  limited: { name: 'Bac à sable plafonné', document: limited },
} as const;
