-- What the guard does to an account is told to its holder like any other change. Must run after 000037.
alter table access.to_tell drop constraint to_tell_what_check;
alter table access.to_tell add constraint to_tell_what_check check (what in ('enrolled', 'passkey-added',
  'passkey-removed', 'recovered', 'invited', 'sessions-ended', 'suspended', 'open', 'allowance',
  'guard-restricted', 'guard-suspended', 'guard-expired'));
