-- What insurers say of people, sealed before it comes here.
create schema rights;
grant usage on schema rights to vigie_server;

create table rights.insurer (
  id       int primary key,
  amc_code text not null unique,
  name     text not null
);

-- One row a (person, insurer), opened by the key in vault.wrapped_key. No foreign keys: people are another module's,
-- and checking the insurer of each row would make parallel loads wait for the same five rows.
create table rights.sealed (
  subject    uuid not null,
  insurer    int not null,
  ciphertext bytea not null,
  primary key (subject, insurer)
);
-- Sealed bytes do not compress: trying would cost time on every row.
alter table rights.sealed alter column ciphertext set storage external;

grant select, insert on rights.insurer, rights.sealed to vigie_server;
