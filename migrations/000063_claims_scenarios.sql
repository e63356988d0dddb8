-- What the invented insurer of a sandbox does with the claims of some invented people, whatever they say. Only in
-- a database that was made as a demo: the reference holds for nothing else.
create table claims.scenario (
  subject  uuid primary key,
  scenario text not null check (scenario <> ''),
  is_demo  boolean not null default true references access.demo
);
grant select, insert on claims.scenario to vigie_server;
