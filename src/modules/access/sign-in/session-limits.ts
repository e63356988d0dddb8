import type { Role } from '../roles.ts';

/** How long a session lives: without any use, and at all. */
export type SessionLimit = { readonly idleMinutes: number; readonly hours: number; readonly why: string };

const counter = { idleMinutes: 120, hours: 12, why: 'A working day at a counter, with its lunch break.' };
const desk = { idleMinutes: 30, hours: 8, why: 'Manages the accounts of others: short, and asked again.' };
const officer = { idleMinutes: 15, hours: 8, why: 'Can contain or free any account of the country.' };
const home = { idleMinutes: 15, hours: 1, why: 'A device that others of the household may use.' };

/** The limits by role; assumed, no source gives figures. A session ends at whichever comes first. */
export const sessionLimits: Readonly<Record<Exclude<Role, 'insurer-service'>, SessionLimit>> = {
  professional: counter,
  'organisation-administrator': desk,
  'insurer-agent': counter,
  'insurer-administrator': desk,
  'security-officer': officer,
  'data-protection-officer': officer,
  auditor: desk,
  member: home,
};

/** Whether a session of these ages, in seconds, still signs in. */
export function isLive(role: Role, ages: { readonly idle: number; readonly whole: number }): boolean {
  if (role === 'insurer-service') return false;
  const { idleMinutes, hours } = sessionLimits[role];
  return ages.idle < idleMinutes * 60 && ages.whole < hours * 3600;
}
