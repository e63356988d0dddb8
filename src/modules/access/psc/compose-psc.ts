import { createProvider, type ProviderSettings } from './provider.ts';
import type { PscTools } from './sign-in.ts';

/** What signing in by Pro Santé Connect needs, made once at the start; nothing is asked of it yet. */
export function createPscTools(
  use: Omit<PscTools, 'issuer' | 'provider'>,
  settings: ProviderSettings,
): PscTools {
  const provider = createProvider(settings, () => use.clock.monotonic());
  return { ...use, issuer: settings.issuer, provider };
}
