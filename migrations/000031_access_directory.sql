-- Professionals from a directory's file are found again by a keyed index: of the place, of the professional
-- at the place. external_sealed is what the place's index was made of, so that a new index key can redo it.
alter table access.organisation add column external_index bytea, add column external_sealed bytea;
alter table access.account add column external_index bytea, add column unlisted_at timestamptz;
create unique index organisation_external on access.organisation (external_index)
  where external_index is not null;
create unique index account_external on access.account (external_index) where external_index is not null;

grant update (name_sealed, external_index, external_sealed) on access.organisation to vigie_server;
grant update (holder_sealed, external_index, unlisted_at) on access.account to vigie_server;
