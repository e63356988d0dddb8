/** What we send to: one address, without a name, a comment or a second one. */
const shape = /^[^\s\p{C}<>()[\]\\,;:"@]{1,64}@[^\s\p{C}<>()[\]\\,;:"@]+\.[^\s\p{C}<>()[\]\\,;:"@]{2,}$/u;

/** Whether a text is one plain address: nothing in it can become a header, or a second recipient. */
export function isMailAddress(text: string): boolean {
  return text.length <= 254 && shape.test(text);
}

/** Reads the setting of where mails come from. */
export function mailAddress(text: string): string {
  if (!isMailAddress(text)) throw new Error('must be one plain address, such as vigie@example.fr');
  return text;
}

/** Reads the setting of the server that takes mails. */
export function smtpAddress(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || url.search !== '') {
    throw new Error('must look like smtp://user:password@host:587 or smtps://user:password@host:465');
  }
  return text;
}

/** What is wrong with the settings of mail together. */
export function mailProblems({ smtpUrl, mailFrom, socMail }: Readonly<Record<string, unknown>>): string[] {
  const missing: string[] = [];
  if (smtpUrl !== undefined && mailFrom === undefined) {
    missing.push('VIGIE_MAIL_FROM: mails need an address that they come from');
  }
  if (socMail !== undefined && smtpUrl === undefined) {
    missing.push('VIGIE_SMTP_URL: mails to VIGIE_SOC_MAIL need a server that takes them');
  }
  return missing;
}
