import { createTransport, type SMTPTransportOptions } from 'nodemailer';

/** Where mails are handed over, and whom they come from. */
export type MailSettings = {
  readonly smtpUrl: string;
  readonly from: string;
  /** Mails leave encrypted, to a server whose certificate holds; elsewhere than in production, if it can. */
  readonly isProduction: boolean;
};

/** One mail: plain text, and the same as HTML. */
export type Mail = {
  /** Stable: a mail that is sent twice after a crash has one Message-ID, which mailboxes know again. */
  readonly id: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string;
};

/** How it ended: taken over, or a code such as `550` or `ETIMEDOUT`. Never the server's words: they quote. */
export type MailOutcome = { readonly isSent: boolean; readonly code: string };

/** Sends mails one at a time. */
export type SendMail = (mail: Mail) => Promise<MailOutcome>;

const patienceMs = 10_000;
// Everything together must end well within the first lease of a message, which is a minute.
const wholePatienceMs = 40_000;

/** Makes what hands mails to an SMTP server; every mail has a connection of its own. */
export function createSendMail(settings: MailSettings): SendMail {
  const domain = settings.from.slice(settings.from.lastIndexOf('@') + 1);
  return async ({ id, to, subject, text, html }) => {
    const transport = createTransport(transportOf(settings));
    const late = setTimeout(() => transport.close(), wholePatienceMs);
    try {
      await transport.sendMail({
        messageId: `<${id}@${domain}>`,
        from: { name: 'Vigie', address: settings.from },
        to: { name: '', address: to },
        // What is in the mail decides nothing about where it goes.
        envelope: { from: settings.from, to: [to] },
        headers: { 'Auto-Submitted': 'auto-generated' },
        subject,
        text,
        html,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return { isSent: true, code: 'sent' };
    } catch (error) {
      return { isSent: false, code: codeOf(error) };
    } finally {
      clearTimeout(late);
      transport.close();
    }
  };
}

function transportOf({ smtpUrl, isProduction }: MailSettings): SMTPTransportOptions {
  // Taken apart here: the library reads any option, `requireTLS=false` too, from what follows a `?`.
  const url = new URL(smtpUrl);
  const secure = url.protocol === 'smtps:';
  const auth = { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: isProduction,
    tls: { rejectUnauthorized: isProduction },
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    ...(auth.user === '' ? {} : { auth }),
  };
}

function codeOf(error: unknown): string {
  const { responseCode, code } = error as { responseCode?: unknown; code?: unknown };
  if (typeof responseCode === 'number') return String(responseCode);
  return typeof code === 'string' && /^[A-Z]{2,20}$/.test(code) ? code : 'failed';
}
