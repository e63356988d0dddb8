import { drawersMost } from './figures.ts';

type Attribute = { users: number; drawers: number[] };

/**
 * From an attribute to how many accounts use it, and to the first of those who drew strangers under it while
 * it was new to them. What nobody uses any more is gone.
 */
export class AttributeTable {
  readonly #attributes = new Map<number, Attribute>();

  add(key: number): void {
    const of = this.#attributes.get(key);
    if (of === undefined) this.#attributes.set(key, { users: 1, drawers: [] });
    else of.users += 1;
  }

  remove(key: number): void {
    const of = this.#attributes.get(key);
    if (of === undefined) return;
    of.users -= 1;
    if (of.users <= 0) this.#attributes.delete(key);
  }

  usersOf(key: number): number {
    return this.#attributes.get(key)?.users ?? 0;
  }

  drawersOf(key: number): readonly number[] {
    return this.#attributes.get(key)?.drawers ?? [];
  }

  /** Lists an account; false when enough are listed: those who were first stay. */
  draw(key: number, account: number): boolean {
    const of = this.#attributes.get(key);
    if (of === undefined || of.drawers.length >= drawersMost) return false;
    of.drawers.push(account);
    return true;
  }

  forget(key: number, account: number): void {
    const drawers = this.#attributes.get(key)?.drawers;
    const place = drawers?.indexOf(account) ?? -1;
    if (place >= 0) drawers?.splice(place, 1);
  }
}
