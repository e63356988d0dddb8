-- Plans of insurers, quotes, engagements and claims. What a person was given, what it cost and who pays is
-- sealed; in clear stand random ids, numbers of accounts and insurers, states and the days things happened
-- here, none of which names anybody.
create schema if not exists claims;
grant usage on schema claims to vigie_server;

-- A plan as its insurer wrote it, from a day of care on. Nothing is changed: of two for one day, the last
-- published holds. It says how contracts pay, and nothing of a person.
create table claims.plan (
  id           integer generated always as identity primary key,
  insurer      integer not null,
  name         text not null check (name <> ''),
  from_day     date not null,
  document     text not null,
  published_at timestamptz not null default ledger.now(),
  published_by integer not null
);
create index plan_of_insurer on claims.plan (insurer, name, from_day);

create table claims.quote (
  id           uuid primary key,
  account      integer not null,
  organisation integer not null,
  subject      uuid,
  made_at      timestamptz not null default ledger.now(),
  valid_until  date not null,
  sealed       bytea not null
);
create index quote_of_account on claims.quote (account, made_at desc);

-- A promise to pay what a quote says. 1 open, 2 used by a claim, 3 cancelled.
create table claims.engagement (
  number       text primary key,
  quote        uuid not null unique,
  account      integer not null,
  organisation integer not null,
  subject      uuid,
  made_at      timestamptz not null default ledger.now(),
  expires_on   date not null,
  state        smallint not null check (state between 1 and 3),
  claim        uuid,
  sealed       bytea not null
);
create index engagement_of_account on claims.engagement (account, made_at desc);

-- 1 received, 2 accepted, 3 rejected, 4 cancelled, 5 contested. No index has a column that changes, and what
-- grows lies elsewhere: a decision changes the row in its place, which was half of the cost of one.
create table claims.claim (
  id           uuid primary key,
  account      integer not null,
  organisation integer not null,
  subject      uuid,
  insurers     integer[] not null,
  received_at  timestamptz not null default ledger.now(),
  state        smallint not null default 1 check (state between 1 and 5),
  reason       smallint not null default 0,
  signals      integer not null default 0,
  decided_at   timestamptz,
  -- What the sender named the request by, and what was asked with it: keyed, so that neither can be guessed.
  key_mark     bytea not null,
  digest       bytea not null,
  -- The same care of the same person by the same organisation.
  twin_mark    bytea not null,
  engagement   text,
  replaces     uuid,
  sealed       bytea not null,
  unique (account, key_mark)
) with (fillfactor = 85);
-- Sealed bytes do not shrink: trying to costs more than everything else.
alter table claims.claim alter column sealed set storage external;
create index claim_of_account on claims.claim (account, received_at, id);
-- Whether another claim of the house explains a person still, once one was taken back.
create index claim_of_person on claims.claim (subject, organisation);

-- Claims that wait for their decision: when they are looked at (again), and how often they were put off.
create table claims.waiting (
  claim  uuid primary key,
  due_at timestamptz not null default ledger.now(),
  tries  smallint not null default 0
);
create index waiting_due on claims.waiting (due_at);

-- What was decided: who pays. Written once.
create table claims.decision (
  claim  uuid primary key,
  sealed bytea not null
);
alter table claims.decision alter column sealed set storage external;

-- Care that is paid, contested or not. The key is the last word on duplicates: even if the code above it were
-- wrong, one care is accepted once.
create table claims.accepted (
  twin_mark  bytea primary key,
  claim      uuid not null,
  decided_at timestamptz not null
);
create index accepted_decided on claims.accepted (decided_at, claim);

-- What the ledger is still to be told of a claim: 1 that it explains, 4 that it does not any more; when.
create table claims.to_explain (
  claim uuid primary key,
  how   smallint not null check (how in (1, 4)),
  at    timestamptz not null
);
create index to_explain_due on claims.to_explain (at);

-- Each act that was accepted, by its keyed name: who else was paid for the same act of the same person that day.
create table claims.accepted_act (
  mark         bytea not null,
  claim        uuid not null,
  organisation integer not null,
  primary key (mark, claim)
);
create index accepted_act_of_claim on claims.accepted_act (claim);

-- Every state a claim was in, the first included.
create table claims.history (
  claim  uuid not null,
  at     timestamptz not null,
  state  smallint not null,
  reason smallint not null default 0,
  -- Who: 0 is the system.
  by     integer not null
);
create index history_of_claim on claims.history (claim, at);

-- What guarantees paid a person or a family in their periods, and what was kept from the person. Locked for
-- as long as a claim of theirs is decided: two claims never take the same euro.
create table claims.envelope (
  mark   bytea primary key,
  sealed bytea
) with (fillfactor = 70);
alter table claims.envelope alter column sealed set storage external;

-- What an insurer looks at: shown as reasons, and never a block by itself.
create table claims.flagged (
  claim     uuid not null,
  insurer   integer not null,
  signals   integer not null,
  at        timestamptz not null,
  seen_at   timestamptz,
  seen_by   integer,
  primary key (claim, insurer)
);
create index flagged_of_insurer on claims.flagged (insurer, at desc) where seen_at is null;

grant select, insert on claims.plan, claims.quote, claims.history to vigie_server;
grant select, insert, update on claims.engagement, claims.claim, claims.envelope, claims.flagged to vigie_server;
grant select, insert, delete on claims.accepted_act, claims.accepted to vigie_server;
grant select, insert on claims.decision to vigie_server;
grant select, insert, update, delete on claims.waiting, claims.to_explain to vigie_server;
