import { type Keys, openText } from '../../vault/index.ts';

/** Who holds an account, and where they are written to. */
export type Holder = { readonly name: string; readonly email?: string };

/** Opens the name and address of an account's holder. */
export function readHolder(keys: Keys, row: { account: number; holderSealed: Buffer }): Holder {
  return JSON.parse(openText(keys, row.holderSealed, `holder|${row.account}`)) as Holder;
}
