/** Microseconds as a timestamp PostgreSQL reads; a Date would lose the last three digits. */
export function instantOf(microseconds: number): string {
  const seconds = Math.floor(microseconds / 1_000_000);
  const rest = String(microseconds - seconds * 1_000_000).padStart(6, '0');
  return `${new Date(seconds * 1000).toISOString().slice(0, 19)}.${rest}Z`;
}
