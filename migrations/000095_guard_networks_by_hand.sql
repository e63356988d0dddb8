-- Networks that a person blocked: who, and why, sealed. 0 is the guard, by a sweep. Must run after 000092.
alter table guard.blocked_network
  add column blocked_by integer not null default 0,
  add column why_sealed bytea,
  add check ((blocked_by = 0) = (why_sealed is null));
