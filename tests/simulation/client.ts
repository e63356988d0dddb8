import { Agent, request } from 'node:http';
import type { CoverageAnswer } from '../../src/modules/rights/answer.ts';
import { domainField, field, fieldSet } from '../../src/modules/rights/fields.ts';
import type { Desk } from '../../world/desk.ts';
import type { Asked } from './own-database.ts';

/** What reached a client: at least a status line and headers; the body too unless the connection was cut. */
export type Received = {
  readonly account: number;
  readonly subject: string | null;
  readonly status: number;
  readonly entry: string | undefined;
  readonly media: string | undefined;
  readonly fields: bigint;
  readonly isWhole: boolean;
};

const agent = new Agent({ keepAlive: true, maxSockets: 256 });
const patienceMs = 15_000;

/** Asks for a person; nothing comes back when the connection broke before an answer began. */
export function lookUp(url: string, desk: Desk, asked: Asked, subject: string | null = asked.subject) {
  return new Promise<Received | undefined>((resolve) => {
    const text = JSON.stringify(asked.body);
    const headers = {
      ...desk.headers,
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(text),
    };
    const sent = request(`${url}/v1/coverage-lookups`, { method: 'POST', agent, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', () => {});
      answer.on('close', () => {
        const { statusCode: status = 0, headers: told, complete: isWhole } = answer;
        const entry = told['vigie-entry'] as string | undefined;
        const media = told['content-type'];
        const body =
          isWhole && status === 200 ? JSON.parse(Buffer.concat(parts).toString('utf8')) : undefined;
        const fields = body === undefined ? 0n : fieldsHeld(body);
        resolve({ account: desk.account, subject, status, entry, media, fields, isWhole });
      });
    });
    sent.setTimeout(patienceMs, () => sent.destroy());
    sent.on('error', () => resolve(undefined));
    sent.end(text);
  });
}

/** The bits of the fields that an answer really holds. */
export function fieldsHeld({ contracts }: Pick<CoverageAnswer, 'contracts'>): bigint {
  const numbers = contracts.flatMap((contract) => {
    const held: readonly (readonly [number, unknown])[] = [
      [field.insurerName, contract.insurer.name],
      [field.insurerCode, contract.insurer.amcCode],
      [field.memberNumber, contract.memberNumber],
      [field.convention, contract.convention],
      [field.csr, contract.csr],
      [field.responsibleContract, contract.responsibleContract],
      [field.onlineStart, contract.onlineStart],
      [field.onlineEnd, contract.onlineEnd],
      [field.printedEnd, contract.printedEnd],
    ];
    const domains = contract.domains.map(({ domain }) => domainField(domain));
    return [...held.flatMap(([number, value]) => (value === null ? [] : [number])), ...domains];
  });
  return fieldSet(numbers);
}
