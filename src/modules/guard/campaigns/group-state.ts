import type { Group } from './group.ts';

/** A group as text: numbers come back exactly as they were. */
export function writeGroup({ tracks, joinedAt, ...group }: Group): string {
  return JSON.stringify({ ...group, tracks: [...tracks], joinedAt: [...joinedAt] });
}

/** A group from its text. */
export function readGroup(text: string): Group {
  const { tracks, joinedAt, ...group } = JSON.parse(text);
  return { ...group, tracks: Float64Array.from(tracks as number[]), joinedAt: new Map(joinedAt) };
}
