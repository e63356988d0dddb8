-- What a security officer said of a reason given by hand or of a break-glass: once for each entry. What waits
-- needs no row: it is in the ledger (break-glass) or in rights.explanation (drawn by lot).
create table rights.review (
  lane     smallint not null,
  seq      bigint not null,
  reviewer integer not null,
  accepted boolean not null,
  why      text not null check (why <> ''),
  at       timestamptz not null default now(),
  -- The entry that took it back; null when it was accepted.
  taken_back_seq bigint,
  primary key (lane, seq)
);

grant select, insert on rights.review to vigie_server;
