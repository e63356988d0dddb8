-- How unusual a sign-in was for its account, in bits: evidence for whoever judges the account later.
alter table access.session add column risk_bits real;
grant update (risk_bits) on access.session to vigie_server;
