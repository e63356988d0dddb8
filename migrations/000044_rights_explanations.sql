-- Why a professional says a drawn person needs no claim; the explanation itself is the ledger entry (lane, seq).
create table rights.explanation (
  lane      smallint not null,
  seq       bigint not null,
  account   integer not null,
  reason    text not null check (reason <> ''),
  to_review boolean not null,
  at        timestamptz not null default now(),
  primary key (lane, seq)
);
create index explanation_to_review on rights.explanation (at) where to_review;

grant select, insert on rights.explanation to vigie_server;
