import type { Database } from '../../../platform/database/connect.ts';
import * as store from './store.ts';

/** A lane as it was between two entries: what changed since its last snapshot. */
export type LaneSnapshot = {
  readonly lane: number;
  readonly seq: number;
  /** The entry of the last snapshot. */
  readonly from: number;
  readonly laneState: Uint8Array;
  readonly accounts: readonly store.AccountRow[];
  readonly watched: readonly store.WatchedRow[];
};

/** A statement of so many takes some 40 ms, 8 of them of this process. */
const accountsAtOnce = 250;

/** Writes snapshots beside the following, one after the other. */
export class Snapshots {
  private readonly db: Database;
  private writing: Promise<void> | undefined;
  private trouble: { readonly error: unknown } | undefined;
  private isOvertaken = false;

  constructor(db: Database) {
    this.db = db;
  }

  get isWriting(): boolean {
    return this.writing !== undefined;
  }

  /** Begins to write; nothing else may be on its way. */
  begin(snapshots: readonly LaneSnapshot[]): void {
    if (snapshots.length === 0) return;
    this.writing = this.writeAll(snapshots).then(
      () => {
        this.writing = undefined;
      },
      (error: unknown) => {
        this.trouble = { error };
        this.writing = undefined;
      },
    );
  }

  /** Waits for what is on its way; false when somebody else is further, and throws when it failed. */
  async settle(): Promise<boolean> {
    await this.writing;
    if (this.trouble !== undefined) throw this.trouble.error;
    return !this.isOvertaken;
  }

  private async writeAll(snapshots: readonly LaneSnapshot[]): Promise<void> {
    for (const snapshot of snapshots) {
      if (this.isOvertaken) return;
      this.isOvertaken = !(await this.write(snapshot));
    }
  }

  private async write(snapshot: LaneSnapshot): Promise<boolean> {
    const { lane, accounts, watched } = snapshot;
    return this.db.begin(async (tx) => {
      if (!(await store.movePosition(tx, snapshot))) return false;
      for (let from = 0; from < accounts.length; from += accountsAtOnce)
        await store.keepAccounts(tx, lane, accounts.slice(from, from + accountsAtOnce));
      if (watched.length > 0) await store.addWatched(tx, watched);
      return true;
    });
  }
}
