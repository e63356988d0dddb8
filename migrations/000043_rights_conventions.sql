-- The types of convention that an insurer's cards may bear, as its list of insurers says.
alter table rights.insurer add column convention_types text[] not null default '{}';

grant update (name, convention_types) on rights.insurer to vigie_server;
