-- Bearer tokens are no more: people sign in with passkeys, software with keys of its own.
-- Sessions go on being numbered from where the tokens' numbers ended: a number in the ledger is of one session for ever.
create sequence access.session_number as bigint;
select setval('access.session_number', last_value, is_called) from access.token_session_seq;
alter table access.session alter column session set default nextval('access.session_number');
alter table access.software_session alter column session set default nextval('access.session_number');
drop table access.token;
grant usage on sequence access.session_number to vigie_server;
