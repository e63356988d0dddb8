import type { Setting } from './config.ts';
import { mailAddress } from './mail/mail-address.ts';
import { syslogAddress } from './outgoing/send-syslog.ts';

const shared = { fallback: undefined, secret: false } as const;

/** Where a security operations centre hears what the guard does, besides webhooks that officers register. */
export const socSettings = {
  syslogUrl: {
    ...shared,
    name: 'VIGIE_SYSLOG_URL',
    kind: 'syslog address',
    says:
      'Takes what the guard does, as RFC 5424 with CEF: tls://host:6514, tcp://host:601 (both with the ' +
      'length before each message) or udp://host:514. Set it alike on every server.',
    read: syslogAddress,
  } as Setting<string | undefined>,
  socMail: {
    ...shared,
    name: 'VIGIE_SOC_MAIL',
    kind: 'mail address',
    says:
      'Where the same goes by mail, a letter a minute at most; it needs VIGIE_SMTP_URL. Set it alike on ' +
      'every server.',
    read: mailAddress,
  } as Setting<string | undefined>,
};
