-- Networks from which nobody is served for a while: every request and every sign-in asks here. Who closed them, why, and
-- what came of it is the guard's to keep (000092). Must run after 000034.
create table access.blocked_network (
  network integer primary key,
  until   timestamptz not null
);

grant select, insert, update, delete on access.blocked_network to vigie_server;

-- Who else is on a network is asked before it is blocked. Of software, where and when it last asked for a token: files
-- of an insurer leave no lookup. Numbers with a key, as those of sessions.
alter table access.software_session add column network integer, add column seen_at timestamptz;
grant update (network, seen_at) on access.software_session to vigie_server;
create index session_network on access.session (network);
create index software_session_network on access.software_session (network);
