/** What account holders are told: written with the change it tells of, sealed, sent by mail. */
export {
  type Message,
  openMessage,
  tellAddress,
  tellAdministrators,
  tellOfficers,
  type WritingTools,
} from './keep-messages.ts';
export type { Letter } from './letter.ts';
export { type MessageTools, startMessages } from './run-messages.ts';
export { forgetOldMessages, listUnsent, type MailState, readMailState } from './store.ts';
