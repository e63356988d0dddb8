import { type AccountState, byteAt, wordAt } from '../../fold/account-state.ts';

/** Two different honey persons within so long are a walk through numbers. Assumed. */
export const walkHours = 30 * 24;
/** One asks for a restriction for so long: until somebody looked at it, as any restriction. */
const restrictsHours = 24;

/**
 * Notes a honey person that was met next to a number just asked for; whether it is the second within thirty
 * days. Whoever knows one, and a neighbour of it, can have both asked for at somebody else's counter; to know
 * two he must have burnt an account of his own.
 */
export function meetInWalk({ bytes, words }: AccountState, mark: number, hour: number): boolean {
  const met = bytes[byteAt.honeyMet] as number;
  const isRecent = met !== 0 && hour - (words[wordAt.honeyHour] as number) <= walkHours;
  if (isRecent) return met !== mark;
  bytes[byteAt.honeyMet] = mark;
  words[wordAt.honeyHour] = hour;
  return false;
}

/** Whether one was met in a walk within a day. */
export function hasMetHoney({ bytes, words }: AccountState, hour: number): boolean {
  return bytes[byteAt.honeyMet] !== 0 && hour - (words[wordAt.honeyHour] as number) < restrictsHours;
}
