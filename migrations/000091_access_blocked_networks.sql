-- Networks from which nobody is served for a while: every request and every sign-in asks here. Who closed them, why, and
-- what came of it is the guard's to keep (000092). Must run after 000030.
create table access.blocked_network (
  network integer primary key,
  until   timestamptz not null
);

grant select, insert, update, delete on access.blocked_network to vigie_server;
