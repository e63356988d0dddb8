import type { Database } from '../../../platform/database/connect.ts';
import type { Keys } from '../../vault/index.ts';
import { readCase } from '../cases/read-cases.ts';
import { detectors } from '../detectors/detectors.ts';
import { sigmaText } from './sigma-text.ts';

/** What fired in a case, as rules of Sigma; `not-found` when there is no such case. */
export async function exportCase(
  tools: { readonly db: Database; readonly keys: Keys },
  id: string,
): Promise<string> {
  return sigmaText(await readCase(tools, id), detectors);
}
