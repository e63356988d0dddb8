import type { Log } from '../../../platform/log.ts';
import { type Repeated, repeat } from '../../../platform/threads/repeat.ts';
import { readLag } from '../following/read-lag.ts';
import { lagSigns } from './alarm.ts';
import { type AlarmTools, keepAlarms } from './keep-alarms.ts';

const lookEveryMs = 10_000;

/**
 * Every server looks whether the guard follows, also one that takes no turn at it: a guard that has stopped
 * does not say so itself. Whoever sees it first tells.
 */
export function watchGuard(tools: AlarmTools & { readonly log: Log }): Pick<Repeated, 'stop'> {
  const onError = (error: unknown) => tools.log.warn({ err: error }, 'the guard could not be watched');
  return repeat(
    async () => {
      await keepAlarms(tools, lagSigns(await readLag(tools.db)));
      return false;
    },
    { everyMs: lookEveryMs, onError },
  );
}
