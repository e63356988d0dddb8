import { beginRotation, endRotation, type RotationTools } from './begin-rotation.ts';

/**
 * Puts new keys in the place of those that sign tokens of software and challenges of sign-in, and destroys
 * the old ones: what they signed, five minutes old at most, is refused from then on. Software asks for a new
 * token; whoever is just signing in begins anew; sessions go on. How many servers work with the new keys.
 */
export async function rotateSigning(tools: RotationTools): Promise<{ servers: number }> {
  const rotation = await beginRotation(tools, 'signing');
  // Nothing that is kept was signed by them: nothing has to be proved before they go.
  const { servers } = await endRotation(tools, rotation, async () => {});
  return { servers };
}
