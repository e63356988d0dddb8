-- The account under which cards shown at the terminal are recorded: one row at most.
create table rights.card_desk (
  single       boolean primary key default true check (single),
  account      integer not null,
  organisation integer not null
);

grant select, insert on rights.card_desk to vigie_server;
