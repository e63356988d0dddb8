-- The ledger: what was disclosed or refused, to whom, and what each account has drawn.
-- Why: promises 1 and 2 (recorded before disclosed; bounded) hold only if the entry and the charge are
-- one transaction.
-- Must run after 000001 (role vigie_server). The server executes the functions of 000011–000013 and
-- reads; it writes nothing here.

create schema ledger;
grant usage on schema ledger to vigie_server;

-- The only clock of the record. Only the database's owner may replace it (tests, attacks and played days
-- do, in their own database).
create function ledger.now() returns timestamptz language sql volatile
  as $$ select clock_timestamp() $$;

-- A lane is the unit of order. Its row is locked first and alone by whatever writes to the lane:
-- accounts, pairs and entries
-- of a lane are therefore never written by two transactions at once. Low fillfactor: one row, updated by
-- every batch.
create table ledger.lane (
  lane    smallint primary key,
  size    bigint not null default 0,                                  -- entries so far; the next seq
  last_at timestamptz not null default '2000-01-01 00:00+00'
) with (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

-- One row an account. charged = number of its pairs in state charged = the balance of the allowance.
create table ledger.account (
  actor_seq          bigint not null default 0,
  refusal_minute     timestamptz not null default '2000-01-01 00:00+00',
  account            int not null,
  organisation       int not null,
  charged            int not null default 0 check (charged >= 0),
  cap                int not null check (cap between 0 and 100000000),
  opening            int not null default 0,                          -- extra cap during the first 30 days
  renewal_per_day    int not null,
  -- the profession's figure, until the account has its own
  usual_per_day      int not null,
  people_per_day_max int not null,
  unknown_left       int not null default 20,
  people_today       int not null default 0,
  refusals           int not null default 0,                          -- in refusal_minute
  refusals_folded    int not null default 0,                          -- of those, not written yet
  opened_on          date not null,
  renewed_on         date not null,
  unknown_on         date not null,
  people_on          date not null,                                   -- the day people_today counts
  lane               smallint not null,
  standing           smallint not null default 0 check (standing between 0 and 3),
  primary key (lane, account)
) with (fillfactor = 50);

create index account_organisation on ledger.account (organisation);

-- The pair (account, person): 1 charged, 2 explained, 3 forgiven. Also the index a scope is computed from.
create table ledger.pair (
  first_at   timestamptz not null,
  last_at    timestamptz not null,
  account    int not null,
  last_on    date not null,
  charged_on date,                                                    -- the day it was drawn without presence
  lane       smallint not null,
  state      smallint not null check (state between 1 and 3),
  subject    uuid not null,
  claim      uuid,                                                    -- the claim that explained it
  primary key (lane, account, subject)
) with (fillfactor = 90);
create index pair_charged on ledger.pair (lane, account, first_at) where state = 1;

-- What an account did on a day (Europe/Paris). drawn and explained belong to the day of the draw: they
-- decide renewal.
-- claims, present and by_hand belong to the day of the explanation: they bound refilling.
create table ledger.account_day (
  account   int not null,
  day       date not null,
  drawn     int not null default 0,
  explained int not null default 0,
  claims    int not null default 0,
  present   int not null default 0,
  by_hand   int not null default 0,
  lane      smallint not null,
  primary key (lane, account, day)
) with (fillfactor = 70);

-- Wrong birth dates an account tried for one NIR, existing or not. Keyed by an HMAC of the NIR alone.
create table ledger.wrong_birth_date (
  account int not null,
  day     date not null,
  lane    smallint not null,
  tries   smallint not null,
  nir_key bytea not null,
  primary key (lane, account, nir_key)
);

-- What a batch answered, kept a day: after a lost connection the writer asks again with the same id and
-- learns the outcome.
create table ledger.batch (
  at       timestamptz not null,
  digest   bigint not null,
  lane     smallint not null,
  batch    uuid not null,
  seqs     bigint[] not null,
  outcomes smallint[] not null,
  becauses smallint[] not null,
  primary key (lane, batch)
);
create index batch_at on ledger.batch using brin (at);

-- One line a person disclosed or refused. Codes: src/modules/ledger/codes.ts. Canonical bytes:
-- docs/decisions/0007.
create table ledger.entry (
  seq             bigint not null,
  actor_seq       bigint not null,
  at              timestamptz not null,
  session         bigint not null,
  fields          bigint not null,
  account         int not null,
  acted_by        int not null,
  organisation    int not null,
  client          int not null,
  network         int not null,
  count           int not null default 1,
  signals         int not null,
  lane            smallint not null,
  kind            smallint not null,
  action          smallint not null,
  purpose         smallint not null,
  outcome         smallint not null,
  reason          smallint not null,
  fields_version  smallint not null default 1,
  signals_version smallint not null default 1,
  present         boolean not null,
  subject         uuid,
  batch           uuid not null,
  -- 16 random bytes; erased by the owner's function only
  salt            uuid,
  insurers        int[] not null,
  primary key (lane, seq, at)
) partition by range (at);
create index entry_account on ledger.entry (lane, account, actor_seq);

-- Months are created ahead, because a missing one stops the lane (without a gap).
create function ledger.create_partitions(months int) returns int language plpgsql
  set search_path = ledger, pg_temp as $$
declare
  month   date := date_trunc('month', ledger.now() at time zone 'UTC')::date;
  created int := 0;
begin
  for i in 0..months loop
    if to_regclass(format('ledger.entry_%s', to_char(month, 'YYYY_MM'))) is null then
      execute format('create table ledger.entry_%s partition of ledger.entry for values from (%L) to (%L)',
        to_char(month, 'YYYY_MM'), month::text || ' 00:00+00',
            (month + interval '1 month')::date::text || ' 00:00+00');
      execute format('grant select on ledger.entry_%s to vigie_server', to_char(month, 'YYYY_MM'));
      created := created + 1;
    end if;
    month := month + interval '1 month';
  end loop;
  return created;
end $$;

-- The number of lanes is chosen once: an account that changed lanes would have two allowances.
create function ledger.create_lanes(lanes int) returns void language plpgsql
  set search_path = ledger, pg_temp as $$
declare present int := (select count(*) from ledger.lane);
begin
  if present = lanes then return; end if;
  if present > 0 then raise exception 'this ledger has % lanes, not %', present,
      lanes using errcode = 'VG005'; end if;
  insert into ledger.lane (lane) select generate_series(0, lanes - 1);
end $$;

-- Erasure on an append-only log: without its salt, an entry's leaf says nothing about it.
create function ledger.erase_salts(before timestamptz) returns bigint language sql
  set search_path = ledger, pg_temp as $$
  with erased as (update ledger.entry set salt = null where at < before and salt is not null returning 1)
  select count(*) from erased
$$;

create sequence ledger.account_number as int;
revoke all on all functions in schema ledger from public;
grant execute on function ledger.now() to vigie_server;
grant select on all tables in schema ledger to vigie_server;
