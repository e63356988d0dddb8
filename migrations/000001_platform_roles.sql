-- The role the server signs in with. It owns nothing: each later migration grants it what it needs, no more.
-- Its password is set by `vigie database migrate`, or by the server for the database that it runs itself.
do $$
begin
  if not exists (select from pg_roles where rolname = 'vigie_server') then
    create role vigie_server login;
  end if;
exception
  -- Roles belong to the whole cluster: another database of it may be created at this very moment.
  when duplicate_object or unique_violation then null;
end $$;

grant usage on schema platform to vigie_server;
grant select on platform.migration to vigie_server;
