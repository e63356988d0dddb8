-- Honey persons: numbers that belong to nobody and that only a walk through numbers meets. Kept as the name of a
-- number, by which wrong birth dates are counted too (src/modules/vault/keys.ts#nirKey): nothing here can be
-- turned back into a number. Placed all at once (`vigie guard place-honey`), and taken away one by one where
-- somebody turns out to have one.
create table rights.honey (
  nir_key   bytea primary key check (length(nir_key) = 16),
  placed_at timestamptz not null default now()
);

grant select, insert, delete on rights.honey to vigie_server;
