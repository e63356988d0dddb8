-- Sign-in by Pro Santé Connect: accounts are found by their professional, sessions by what the provider calls them.
-- A keyed index of the RPPS, the same for every account of one professional.
alter table access.account add column rpps_index bytea;
alter table access.account add constraint account_of_professional unique (rpps_index, id);
grant update (rpps_index) on access.account to vigie_server;

-- psc_rpps is whom the provider named; the reference holds for accounts of that professional and for no other.
-- psc_subject and psc_sid, keyed: what a logout token names. psc_hint_sealed: the id token, to sign out there too.
alter table access.session
  add column psc_rpps bytea,
  add column psc_subject bytea,
  add column psc_sid bytea,
  add column psc_hint_sealed bytea,
  add constraint session_of_professional foreign key (psc_rpps, account)
    references access.account (rpps_index, id),
  drop constraint session_begins_with,
  add constraint session_begins_with check (
    passkey is not null or (by_demo is not null and by_demo = account)
    or (psc_rpps is not null and psc_subject is not null));
create index session_psc_subject on access.session (psc_subject)
  where psc_subject is not null and ended_at is null;
grant update (psc_hint_sealed) on access.session to vigie_server;

-- A professional of several places, between the provider and their choice: good once, for five minutes.
create table access.psc_visit (
  hash        bytea primary key check (octet_length(hash) = 32),
  psc_subject bytea not null,
  psc_sid     bytea,
  sealed      bytea not null,
  expires_at  timestamptz not null
);
create index psc_visit_expires_at on access.psc_visit (expires_at);
create index psc_visit_subject on access.psc_visit (psc_subject);
grant select, insert, delete on access.psc_visit to vigie_server;
-- To lock what it forgets, row by row: two servers that forget at once wait for nothing.
grant update (expires_at) on access.psc_visit to vigie_server;
