-- Why an insurer contested a claim for the person, and why it withdrew that: in words, sealed. Beside it the
-- history of the claim has the states. 1 contested, 2 withdrawn.
create table claims.contest (
  id         bigint generated always as identity primary key,
  claim      uuid not null,
  insurer    integer not null,
  what       smallint not null check (what between 1 and 2),
  why_sealed bytea not null,
  by         integer not null,
  at         timestamptz not null default ledger.now()
);
create index contest_of_claim on claims.contest (claim, id);
grant select, insert on claims.contest to vigie_server;

-- Those that were seen are listed after the others.
create index flagged_seen_of_insurer on claims.flagged (insurer, at desc) where seen_at is not null;
