-- What signs tokens and challenges is turned as the other keys are.
alter table vault.rotation drop constraint rotation_kind_check,
  add constraint rotation_kind_check check (kind in ('index', 'insurer', 'signing'));
