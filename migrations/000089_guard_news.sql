-- What the guard says of each lane every second, beside its snapshots, which are rarer: how far it folded and acted,
-- and what it cannot do. Of the follower that runs, not of the snapshot: a restart begins the counts again.
alter table guard.position
  -- The last entry that was folded; the snapshot's own may be before it.
  add column folded bigint not null default -1,
  -- Accounts whose steps failed and are tried again.
  add column waiting integer not null default 0,
  -- Entries of which a detector was left out because it threw.
  add column thrown integer not null default 0,
  -- Claims were heard of before, and are not any more while lookups go on.
  add column claims_fell_silent boolean not null default false;
