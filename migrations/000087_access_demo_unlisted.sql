-- Accounts of a demo that a replayed theft signs in to: they may be entered without a passkey, as those of the door,
-- and the door does not offer them.
alter table access.demo_account add column is_listed boolean not null default true;
