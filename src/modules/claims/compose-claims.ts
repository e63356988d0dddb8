import type { Log } from '../../platform/log.ts';
import type { Route } from '../access/index.ts';
import type { DecideTools } from './adjudicating/decide-claims.ts';
import type { ClaimTools } from './claim-tools.ts';
import { openPlanBook } from './plans/plan-book.ts';
import { planRoutes } from './plans/routes.ts';
import { quoteRoutes } from './quotes/routes.ts';
import { claimRoutes } from './reading/routes.ts';
import { reviewRoutes } from './reviewing/routes.ts';
import { type ClaimRunner, startClaims } from './run-claims.ts';
import { createResendClaims, type ResendTools } from './submitting/resend-claims.ts';
import { resendRoutes, submitRoutes } from './submitting/routes.ts';
import { createSubmitClaim } from './submitting/submit-claim.ts';

/** Quotes and claims of one server: their doors, and the work behind them. */
export type ClaimModule = {
  readonly routes: readonly Route[];
  /** Starts deciding claims. */
  start(log: Log): ClaimRunner;
};

/** Puts the parts together. Claims that come in wake whoever decides, once that was started. */
export function composeClaims(
  parts: Omit<ClaimTools, 'plans'> & Pick<ResendTools, 'drawSubject'> & Pick<DecideTools, 'scenarioOf'>,
): ClaimModule {
  const tools: ClaimTools = { ...parts, plans: openPlanBook(parts.db) };
  let runner: ClaimRunner | undefined;
  const wake = () => runner?.wake();
  const submit = createSubmitClaim(tools, wake);
  const resend = createResendClaims({ ...tools, drawSubject: parts.drawSubject }, wake);
  return {
    routes: [
      ...quoteRoutes(tools),
      ...submitRoutes({ submit }),
      ...resendRoutes({ resend }),
      ...claimRoutes(tools),
      ...[...planRoutes(tools), ...reviewRoutes(tools)],
    ],
    start(log) {
      runner = startClaims({ ...tools, ...parts, log });
      return runner;
    },
  };
}
