/** The token of an Authorization header, and the scheme it came with; null when the header holds none. */
export function boundToken(header: string | undefined): { scheme: 'dpop' | 'bearer'; token: string } | null {
  const [, scheme, token] = header?.match(/^(DPoP|Bearer) +([^\s]+)$/i) ?? [];
  if (scheme === undefined || token === undefined) return null;
  return { scheme: scheme.toLowerCase() === 'dpop' ? 'dpop' : 'bearer', token };
}
