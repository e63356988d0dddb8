-- Written by `npm run reference` from a migrated database.

create schema access;

create table access.account (
  id integer not null,
  organisation integer not null,
  profession text not null,
  holder_sealed bytea not null,
  email_index bytea,
  created_at timestamp with time zone not null default now(),
  external_index bytea,
  unlisted_at timestamp with time zone,
  insurer integer,
  role text not null default 'professional'::text,
  user_handle bytea,
  rpps_index bytea,
  constraint account_pkey PRIMARY KEY (id),
  constraint account_of_professional UNIQUE (rpps_index, id),
  constraint account_user_handle_key UNIQUE (user_handle),
  constraint account_organisation_fkey FOREIGN KEY (organisation) REFERENCES access.organisation(id),
  constraint account_profession_check CHECK (profession <> ''::text),
  constraint account_role_check CHECK (role <> ''::text)
);
CREATE INDEX account_email_index ON access.account USING btree (email_index) WHERE (email_index IS NOT NULL);
CREATE UNIQUE INDEX account_external ON access.account USING btree (external_index) WHERE (external_index IS NOT NULL);
CREATE INDEX account_insurer ON access.account USING btree (insurer) WHERE (insurer IS NOT NULL);
CREATE INDEX account_organisation ON access.account USING btree (organisation);

create table access.authorization_code (
  hash bytea not null,
  session bigint not null,
  redirect text not null,
  challenge text not null,
  jkt text,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint authorization_code_pkey PRIMARY KEY (hash),
  constraint authorization_code_session_fkey FOREIGN KEY (session) REFERENCES access.software_session(session),
  constraint authorization_code_hash_check CHECK (octet_length(hash) = 32)
);
CREATE INDEX authorization_code_expires_at ON access.authorization_code USING btree (expires_at);

create table access.blocked_network (
  network integer not null,
  until timestamp with time zone not null,
  constraint blocked_network_pkey PRIMARY KEY (network)
);

create table access.client (
  id text not null,
  number integer not null generated always as identity,
  name_sealed bytea not null,
  organisation integer not null,
  account integer,
  redirects text[] not null default '{}'::text[],
  keys jsonb not null,
  created_at timestamp with time zone not null default now(),
  revoked_at timestamp with time zone,
  keys_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone,
  revoked_by integer,
  why_sealed bytea,
  constraint client_pkey PRIMARY KEY (id),
  constraint client_number_key UNIQUE (number),
  constraint client_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint client_organisation_fkey FOREIGN KEY (organisation) REFERENCES access.organisation(id),
  constraint client_check CHECK ((account IS NULL) = (redirects <> '{}'::text[])),
  constraint client_id_check CHECK (id <> ''::text)
);
CREATE UNIQUE INDEX client_account ON access.client USING btree (account) WHERE ((account IS NOT NULL) AND (revoked_at IS NULL));

create table access.demo (
  is_demo boolean not null,
  created_at timestamp with time zone not null default now(),
  constraint demo_pkey PRIMARY KEY (is_demo),
  constraint demo_is_demo_check CHECK (is_demo)
);

create table access.demo_account (
  account integer not null,
  is_demo boolean not null default true,
  is_listed boolean not null default true,
  constraint demo_account_pkey PRIMARY KEY (account),
  constraint demo_account_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint demo_account_is_demo_fkey FOREIGN KEY (is_demo) REFERENCES access.demo(is_demo)
);

create table access.figures_reason (
  id bigint not null generated always as identity,
  account integer not null,
  cap integer not null,
  reason_sealed bytea not null,
  by integer not null,
  at timestamp with time zone not null default now(),
  constraint figures_reason_pkey PRIMARY KEY (id),
  constraint figures_reason_account_fkey FOREIGN KEY (account) REFERENCES access.account(id)
);
CREATE INDEX figures_reason_account ON access.figures_reason USING btree (account, id);
CREATE TRIGGER told AFTER INSERT ON access.figures_reason FOR EACH ROW EXECUTE FUNCTION access.tell_of_figures();

create table access.invitation (
  link_hash bytea not null,
  code_hash bytea not null,
  account integer not null,
  made_by integer not null,
  why_sealed bytea not null,
  wrong_codes smallint not null default 0,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  withdrawn_at timestamp with time zone,
  constraint invitation_pkey PRIMARY KEY (link_hash),
  constraint invitation_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint invitation_code_hash_check CHECK (octet_length(code_hash) = 32),
  constraint invitation_link_hash_check CHECK (octet_length(link_hash) = 32)
);
CREATE INDEX invitation_account ON access.invitation USING btree (account);
CREATE TRIGGER told AFTER INSERT ON access.invitation FOR EACH ROW EXECUTE FUNCTION access.tell_of_invitation();

create table access.organisation (
  id integer not null generated always as identity,
  name_sealed bytea not null,
  created_at timestamp with time zone not null default now(),
  external_index bytea,
  external_sealed bytea,
  constraint organisation_pkey PRIMARY KEY (id)
);
CREATE UNIQUE INDEX organisation_external ON access.organisation USING btree (external_index) WHERE (external_index IS NOT NULL);

create table access.passkey (
  credential bytea not null,
  account integer not null,
  public_key bytea not null,
  counter bigint not null,
  backed_up boolean not null,
  created_at timestamp with time zone not null default now(),
  used_at timestamp with time zone,
  removed_at timestamp with time zone,
  constraint passkey_pkey PRIMARY KEY (credential),
  constraint passkey_account_fkey FOREIGN KEY (account) REFERENCES access.account(id)
);
CREATE INDEX passkey_account ON access.passkey USING btree (account);

create table access.psc_visit (
  hash bytea not null,
  psc_subject bytea not null,
  psc_sid bytea,
  sealed bytea not null,
  expires_at timestamp with time zone not null,
  constraint psc_visit_pkey PRIMARY KEY (hash),
  constraint psc_visit_hash_check CHECK (octet_length(hash) = 32)
);
CREATE INDEX psc_visit_expires_at ON access.psc_visit USING btree (expires_at);
CREATE INDEX psc_visit_subject ON access.psc_visit USING btree (psc_subject);

create table access.session (
  hash bytea not null,
  session bigint not null default nextval('access.session_number'::regclass),
  account integer not null,
  passkey bytea,
  network integer not null,
  client integer not null,
  created_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  ended_by integer,
  by_demo integer,
  psc_rpps bytea,
  psc_subject bytea,
  psc_sid bytea,
  psc_hint_sealed bytea,
  risk_bits real,
  latitude smallint,
  longitude smallint,
  is_impossible boolean not null default false,
  repeats boolean not null default false,
  constraint session_pkey PRIMARY KEY (hash),
  constraint session_session_key UNIQUE (session),
  constraint session_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint session_by_demo_fkey FOREIGN KEY (by_demo) REFERENCES access.demo_account(account),
  constraint session_of_professional FOREIGN KEY (psc_rpps, account) REFERENCES access.account(rpps_index, id),
  constraint session_passkey_fkey FOREIGN KEY (passkey) REFERENCES access.passkey(credential),
  constraint session_begins_with CHECK (passkey IS NOT NULL OR by_demo IS NOT NULL AND by_demo = account OR psc_rpps IS NOT NULL AND psc_subject IS NOT NULL),
  constraint session_hash_check CHECK (octet_length(hash) = 32),
  constraint session_latitude_check CHECK (latitude >= '-90'::integer AND latitude <= 90),
  constraint session_longitude_check CHECK (longitude >= '-180'::integer AND longitude <= 180),
  constraint session_place CHECK ((latitude IS NULL) = (longitude IS NULL))
);
CREATE INDEX session_account ON access.session USING btree (account) WHERE (ended_at IS NULL);
CREATE INDEX session_network ON access.session USING btree (network);
CREATE INDEX session_placed ON access.session USING btree (seen_at) WHERE (latitude IS NOT NULL);
CREATE INDEX session_psc_subject ON access.session USING btree (psc_subject) WHERE ((psc_subject IS NOT NULL) AND (ended_at IS NULL));
CREATE INDEX session_seen ON access.session USING btree (account, seen_at);

create table access.software_session (
  session bigint not null default nextval('access.session_number'::regclass),
  client text not null,
  account integer not null,
  scope text not null,
  created_at timestamp with time zone not null default now(),
  expires_at timestamp with time zone,
  ended_at timestamp with time zone,
  ended_by integer,
  refresh_hash bytea,
  jkt text,
  network integer,
  seen_at timestamp with time zone,
  constraint software_session_pkey PRIMARY KEY (session),
  constraint software_session_refresh_hash_key UNIQUE (refresh_hash),
  constraint software_session_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint software_session_client_fkey FOREIGN KEY (client) REFERENCES access.client(id),
  constraint software_session_refresh_hash_check CHECK (octet_length(refresh_hash) = 32)
);
CREATE INDEX software_session_account ON access.software_session USING btree (account) WHERE (ended_at IS NULL);
CREATE INDEX software_session_client ON access.software_session USING btree (client) WHERE (ended_at IS NULL);
CREATE INDEX software_session_network ON access.software_session USING btree (network);

create table access.standing_reason (
  id bigint not null generated always as identity,
  account integer not null,
  standing text not null,
  reason_sealed bytea not null,
  at timestamp with time zone not null default now(),
  by integer not null default 0,
  constraint standing_reason_pkey PRIMARY KEY (id),
  constraint standing_reason_account_fkey FOREIGN KEY (account) REFERENCES access.account(id)
);
CREATE INDEX standing_reason_account ON access.standing_reason USING btree (account, at);
CREATE TRIGGER told AFTER INSERT ON access.standing_reason FOR EACH ROW EXECUTE FUNCTION access.tell_of_standing();

create table access.to_tell (
  id bigint not null generated always as identity,
  account integer not null,
  what text not null,
  by integer not null,
  cap integer,
  at timestamp with time zone not null default now(),
  constraint to_tell_pkey PRIMARY KEY (id),
  constraint to_tell_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint to_tell_what_check CHECK (what = ANY (ARRAY['enrolled'::text, 'passkey-added'::text, 'passkey-removed'::text, 'recovered'::text, 'invited'::text, 'sessions-ended'::text, 'suspended'::text, 'open'::text, 'allowance'::text, 'guard-restricted'::text, 'guard-suspended'::text, 'guard-expired'::text]))
);

create table access.used_challenge (
  hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint used_challenge_pkey PRIMARY KEY (hash),
  constraint used_challenge_hash_check CHECK (octet_length(hash) = 32)
);
CREATE INDEX used_challenge_expires_at ON access.used_challenge USING btree (expires_at);

create table access.used_proof (
  hash bytea not null,
  expires_at timestamp with time zone not null,
  constraint used_proof_pkey PRIMARY KEY (hash),
  constraint used_proof_hash_check CHECK (octet_length(hash) = 32)
);

create table access.webhook (
  account integer not null,
  url text not null,
  secret_sealed bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint webhook_pkey PRIMARY KEY (account),
  constraint webhook_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint webhook_url_check CHECK (url <> ''::text)
);

create function access.mark_demo()
  returns void
  language plpgsql security definer
  set search_path=access, pg_temp;

create function access.tell_of_figures()
  returns trigger
  language plpgsql
  set search_path=access, pg_temp;

create function access.tell_of_invitation()
  returns trigger
  language plpgsql
  set search_path=access, pg_temp;

create function access.tell_of_standing()
  returns trigger
  language plpgsql
  set search_path=access, pg_temp;

grant usage on schema access to vigie_server;
grant insert, select on access.account to vigie_server;
grant delete, insert, select on access.authorization_code to vigie_server;
grant delete, insert, select, update on access.blocked_network to vigie_server;
grant insert, select on access.client to vigie_server;
grant select on access.demo to vigie_server;
grant insert, select on access.demo_account to vigie_server;
grant insert, select on access.figures_reason to vigie_server;
grant insert, select on access.invitation to vigie_server;
grant insert, select on access.organisation to vigie_server;
grant insert, select on access.passkey to vigie_server;
grant delete, insert, select on access.psc_visit to vigie_server;
grant insert, select on access.session to vigie_server;
grant usage on access.session_number to vigie_server;
grant insert, select on access.software_session to vigie_server;
grant insert, select on access.standing_reason to vigie_server;
grant delete, insert, select on access.to_tell to vigie_server;
grant delete, insert, select on access.used_challenge to vigie_server;
grant delete, insert, select on access.used_proof to vigie_server;
grant insert, select on access.webhook to vigie_server;
grant update (external_index) on access.account to vigie_server;
grant update (holder_sealed) on access.account to vigie_server;
grant update (rpps_index) on access.account to vigie_server;
grant update (unlisted_at) on access.account to vigie_server;
grant update (user_handle) on access.account to vigie_server;
grant update (used_at) on access.authorization_code to vigie_server;
grant update (keys) on access.client to vigie_server;
grant update (keys_at) on access.client to vigie_server;
grant update (revoked_at) on access.client to vigie_server;
grant update (revoked_by) on access.client to vigie_server;
grant update (seen_at) on access.client to vigie_server;
grant update (why_sealed) on access.client to vigie_server;
grant update (used_at) on access.invitation to vigie_server;
grant update (withdrawn_at) on access.invitation to vigie_server;
grant update (wrong_codes) on access.invitation to vigie_server;
grant update (external_index) on access.organisation to vigie_server;
grant update (external_sealed) on access.organisation to vigie_server;
grant update (name_sealed) on access.organisation to vigie_server;
grant update (backed_up) on access.passkey to vigie_server;
grant update (counter) on access.passkey to vigie_server;
grant update (removed_at) on access.passkey to vigie_server;
grant update (used_at) on access.passkey to vigie_server;
grant update (expires_at) on access.psc_visit to vigie_server;
grant update (ended_at) on access.session to vigie_server;
grant update (ended_by) on access.session to vigie_server;
grant update (is_impossible) on access.session to vigie_server;
grant update (latitude) on access.session to vigie_server;
grant update (longitude) on access.session to vigie_server;
grant update (psc_hint_sealed) on access.session to vigie_server;
grant update (repeats) on access.session to vigie_server;
grant update (risk_bits) on access.session to vigie_server;
grant update (seen_at) on access.session to vigie_server;
grant update (ended_at) on access.software_session to vigie_server;
grant update (ended_by) on access.software_session to vigie_server;
grant update (jkt) on access.software_session to vigie_server;
grant update (network) on access.software_session to vigie_server;
grant update (refresh_hash) on access.software_session to vigie_server;
grant update (seen_at) on access.software_session to vigie_server;
grant update (at) on access.to_tell to vigie_server;
grant update (expires_at) on access.used_challenge to vigie_server;
grant execute on function access.mark_demo() to vigie_server;
grant execute on function access.tell_of_figures() to public;
grant execute on function access.tell_of_invitation() to public;
grant execute on function access.tell_of_standing() to public;

create schema claims;

create table claims.accepted (
  twin_mark bytea not null,
  claim uuid not null,
  decided_at timestamp with time zone not null,
  constraint accepted_pkey PRIMARY KEY (twin_mark)
);
CREATE INDEX accepted_decided ON claims.accepted USING btree (decided_at, claim);

create table claims.accepted_act (
  mark bytea not null,
  claim uuid not null,
  organisation integer not null,
  constraint accepted_act_pkey PRIMARY KEY (mark, claim)
);
CREATE INDEX accepted_act_of_claim ON claims.accepted_act USING btree (claim);

create table claims.claim (
  id uuid not null,
  account integer not null,
  organisation integer not null,
  subject uuid,
  insurers integer[] not null,
  received_at timestamp with time zone not null default ledger.now(),
  state smallint not null default 1,
  reason smallint not null default 0,
  signals integer not null default 0,
  decided_at timestamp with time zone,
  key_mark bytea not null,
  digest bytea not null,
  twin_mark bytea not null,
  engagement text,
  replaces uuid,
  sealed bytea not null,
  constraint claim_pkey PRIMARY KEY (id),
  constraint claim_account_key_mark_key UNIQUE (account, key_mark),
  constraint claim_state_check CHECK (state >= 1 AND state <= 5)
) with (fillfactor=85);
CREATE INDEX claim_of_account ON claims.claim USING btree (account, received_at, id);
CREATE INDEX claim_of_person ON claims.claim USING btree (subject, organisation);

create table claims.contest (
  id bigint not null generated always as identity,
  claim uuid not null,
  insurer integer not null,
  what smallint not null,
  why_sealed bytea not null,
  by integer not null,
  at timestamp with time zone not null default ledger.now(),
  constraint contest_pkey PRIMARY KEY (id),
  constraint contest_what_check CHECK (what >= 1 AND what <= 2)
);
CREATE INDEX contest_of_claim ON claims.contest USING btree (claim, id);

create table claims.decision (
  claim uuid not null,
  sealed bytea not null,
  constraint decision_pkey PRIMARY KEY (claim)
);

create table claims.engagement (
  number text not null,
  quote uuid not null,
  account integer not null,
  organisation integer not null,
  subject uuid,
  made_at timestamp with time zone not null default ledger.now(),
  expires_on date not null,
  state smallint not null,
  claim uuid,
  sealed bytea not null,
  constraint engagement_pkey PRIMARY KEY (number),
  constraint engagement_quote_key UNIQUE (quote),
  constraint engagement_state_check CHECK (state >= 1 AND state <= 3)
);
CREATE INDEX engagement_of_account ON claims.engagement USING btree (account, made_at DESC);

create table claims.envelope (
  mark bytea not null,
  sealed bytea,
  constraint envelope_pkey PRIMARY KEY (mark)
) with (fillfactor=70);

create table claims.flagged (
  claim uuid not null,
  insurer integer not null,
  signals integer not null,
  at timestamp with time zone not null,
  seen_at timestamp with time zone,
  seen_by integer,
  constraint flagged_pkey PRIMARY KEY (claim, insurer)
);
CREATE INDEX flagged_of_insurer ON claims.flagged USING btree (insurer, at DESC) WHERE (seen_at IS NULL);
CREATE INDEX flagged_seen_of_insurer ON claims.flagged USING btree (insurer, at DESC) WHERE (seen_at IS NOT NULL);

create table claims.history (
  claim uuid not null,
  at timestamp with time zone not null,
  state smallint not null,
  reason smallint not null default 0,
  by integer not null
);
CREATE INDEX history_of_claim ON claims.history USING btree (claim, at);

create table claims.plan (
  id integer not null generated always as identity,
  insurer integer not null,
  name text not null,
  from_day date not null,
  document text not null,
  published_at timestamp with time zone not null default ledger.now(),
  published_by integer not null,
  constraint plan_pkey PRIMARY KEY (id),
  constraint plan_name_check CHECK (name <> ''::text)
);
CREATE INDEX plan_of_insurer ON claims.plan USING btree (insurer, name, from_day);

create table claims.quote (
  id uuid not null,
  account integer not null,
  organisation integer not null,
  subject uuid,
  made_at timestamp with time zone not null default ledger.now(),
  valid_until date not null,
  sealed bytea not null,
  constraint quote_pkey PRIMARY KEY (id)
);
CREATE INDEX quote_of_account ON claims.quote USING btree (account, made_at DESC);

create table claims.scenario (
  subject uuid not null,
  scenario text not null,
  is_demo boolean not null default true,
  constraint scenario_pkey PRIMARY KEY (subject),
  constraint scenario_is_demo_fkey FOREIGN KEY (is_demo) REFERENCES access.demo(is_demo),
  constraint scenario_scenario_check CHECK (scenario <> ''::text)
);

create table claims.to_explain (
  claim uuid not null,
  how smallint not null,
  at timestamp with time zone not null,
  constraint to_explain_pkey PRIMARY KEY (claim),
  constraint to_explain_how_check CHECK (how = ANY (ARRAY[1, 4]))
);
CREATE INDEX to_explain_due ON claims.to_explain USING btree (at);

create table claims.waiting (
  claim uuid not null,
  due_at timestamp with time zone not null default ledger.now(),
  tries smallint not null default 0,
  constraint waiting_pkey PRIMARY KEY (claim)
);
CREATE INDEX waiting_due ON claims.waiting USING btree (due_at);

create table claims.webhook_delivery (
  id uuid not null default gen_random_uuid(),
  endpoint uuid not null,
  type text not null,
  claim uuid,
  at timestamp with time zone not null,
  next_at timestamp with time zone not null default now(),
  tries integer not null default 0,
  outcome text,
  delivered_at timestamp with time zone,
  given_up_at timestamp with time zone,
  constraint webhook_delivery_pkey PRIMARY KEY (id),
  constraint webhook_delivery_endpoint_fkey FOREIGN KEY (endpoint) REFERENCES claims.webhook_endpoint(id),
  constraint webhook_delivery_check CHECK (delivered_at IS NULL OR given_up_at IS NULL),
  constraint webhook_delivery_type_check CHECK (type <> ''::text)
);
CREATE INDEX webhook_delivery_delivered ON claims.webhook_delivery USING btree (delivered_at) WHERE (delivered_at IS NOT NULL);
CREATE INDEX webhook_delivery_endpoint ON claims.webhook_delivery USING btree (endpoint, at);
CREATE INDEX webhook_delivery_given_up ON claims.webhook_delivery USING btree (given_up_at) WHERE (given_up_at IS NOT NULL);
CREATE INDEX webhook_delivery_waiting ON claims.webhook_delivery USING btree (endpoint, next_at) WHERE ((delivered_at IS NULL) AND (given_up_at IS NULL));

create table claims.webhook_endpoint (
  id uuid not null,
  account integer not null,
  url text not null,
  secret_sealed bytea,
  old_secret_sealed bytea,
  old_secret_until timestamp with time zone,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  end_reason text,
  taken_at timestamp with time zone,
  taken_until timestamp with time zone,
  slow_tries integer not null default 0,
  rests_until timestamp with time zone,
  constraint webhook_endpoint_pkey PRIMARY KEY (id),
  constraint webhook_endpoint_account_fkey FOREIGN KEY (account) REFERENCES access.account(id),
  constraint webhook_endpoint_check CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  constraint webhook_endpoint_check1 CHECK ((ended_at IS NULL) = (secret_sealed IS NOT NULL)),
  constraint webhook_endpoint_check2 CHECK ((old_secret_sealed IS NULL) = (old_secret_until IS NULL)),
  constraint webhook_endpoint_end_reason_check CHECK (end_reason = ANY (ARRAY['holder'::text, 'gone'::text])),
  constraint webhook_endpoint_url_check CHECK (url <> ''::text)
);
CREATE INDEX webhook_endpoint_account ON claims.webhook_endpoint USING btree (account);

grant usage on schema claims to vigie_server;
grant delete, insert, select on claims.accepted to vigie_server;
grant delete, insert, select on claims.accepted_act to vigie_server;
grant insert, select, update on claims.claim to vigie_server;
grant insert, select on claims.contest to vigie_server;
grant insert, select on claims.decision to vigie_server;
grant insert, select, update on claims.engagement to vigie_server;
grant insert, select, update on claims.envelope to vigie_server;
grant insert, select, update on claims.flagged to vigie_server;
grant insert, select on claims.history to vigie_server;
grant insert, select on claims.plan to vigie_server;
grant insert, select on claims.quote to vigie_server;
grant insert, select on claims.scenario to vigie_server;
grant delete, insert, select, update on claims.to_explain to vigie_server;
grant delete, insert, select, update on claims.waiting to vigie_server;
grant delete, insert, select on claims.webhook_delivery to vigie_server;
grant delete, insert, select on claims.webhook_endpoint to vigie_server;
grant update (delivered_at) on claims.webhook_delivery to vigie_server;
grant update (given_up_at) on claims.webhook_delivery to vigie_server;
grant update (next_at) on claims.webhook_delivery to vigie_server;
grant update (outcome) on claims.webhook_delivery to vigie_server;
grant update (tries) on claims.webhook_delivery to vigie_server;
grant update (end_reason) on claims.webhook_endpoint to vigie_server;
grant update (ended_at) on claims.webhook_endpoint to vigie_server;
grant update (old_secret_sealed) on claims.webhook_endpoint to vigie_server;
grant update (old_secret_until) on claims.webhook_endpoint to vigie_server;
grant update (rests_until) on claims.webhook_endpoint to vigie_server;
grant update (secret_sealed) on claims.webhook_endpoint to vigie_server;
grant update (slow_tries) on claims.webhook_endpoint to vigie_server;
grant update (taken_at) on claims.webhook_endpoint to vigie_server;
grant update (taken_until) on claims.webhook_endpoint to vigie_server;

create schema guard;

create table guard.account_state (
  lane smallint not null,
  account integer not null,
  standing smallint not null,
  active_on date,
  state bytea not null,
  constraint account_state_pkey PRIMARY KEY (lane, account),
  constraint account_state_standing_check CHECK (standing >= 0 AND standing <= 3)
) with (fillfactor=70);

create table guard.alarm (
  id bigint not null generated always as identity,
  kind text not null,
  detector smallint not null default 0,
  entries bigint not null default 0,
  opened_at timestamp with time zone not null default now(),
  seen_at timestamp with time zone not null default now(),
  closed_at timestamp with time zone,
  constraint alarm_pkey PRIMARY KEY (id),
  constraint alarm_kind_check CHECK (kind = ANY (ARRAY['detector-throws'::text, 'claims-silent'::text, 'geography-missing'::text, 'guard-behind'::text]))
);
CREATE UNIQUE INDEX alarm_open ON guard.alarm USING btree (kind, detector) WHERE (closed_at IS NULL);

create table guard.blocked_network (
  id bigint not null generated always as identity,
  network integer not null,
  sweep bigint not null,
  account integer not null,
  entry_seq bigint not null,
  blocked_at timestamp with time zone not null,
  until timestamp with time zone not null,
  opened_at timestamp with time zone,
  opened_by integer,
  reason_sealed bytea,
  blocked_by integer not null default 0,
  why_sealed bytea,
  constraint blocked_network_pkey PRIMARY KEY (id),
  constraint blocked_network_sweep_fkey FOREIGN KEY (sweep) REFERENCES guard.sweep(id),
  constraint blocked_network_check CHECK ((opened_at IS NULL) = (opened_by IS NULL)),
  constraint blocked_network_check1 CHECK ((blocked_by = 0) = (why_sealed IS NULL))
);
CREATE INDEX blocked_network_network ON guard.blocked_network USING btree (network);

create table guard.campaign (
  id bigint not null generated always as identity,
  key text not null,
  state text not null default 'open'::text,
  bits double precision not null,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by integer,
  part_of bigint,
  reason_sealed bytea,
  constraint campaign_pkey PRIMARY KEY (id),
  constraint campaign_key_key UNIQUE (key),
  constraint campaign_part_of_fkey FOREIGN KEY (part_of) REFERENCES guard.campaign(id),
  constraint campaign_check CHECK ((state = 'closed'::text) = (closed_at IS NOT NULL)),
  constraint campaign_state_check CHECK (state = ANY (ARRAY['open'::text, 'closed'::text]))
);
CREATE INDEX campaign_opened ON guard.campaign USING btree (opened_at);

create table guard.campaign_account (
  account integer not null,
  state text not null,
  constraint campaign_account_pkey PRIMARY KEY (account)
) with (fillfactor=70);

create table guard.campaign_group (
  key text not null,
  state text not null,
  constraint campaign_group_pkey PRIMARY KEY (key)
) with (fillfactor=70);

create table guard.campaign_link (
  campaign bigint not null,
  one integer not null,
  other integer not null,
  weight double precision not null,
  families smallint not null,
  constraint campaign_link_pkey PRIMARY KEY (campaign, one, other),
  constraint campaign_link_campaign_fkey FOREIGN KEY (campaign) REFERENCES guard.campaign(id),
  constraint campaign_link_check CHECK (one < other)
);

create table guard.campaign_member (
  campaign bigint not null,
  account integer not null,
  organisation integer not null,
  profession text not null,
  bits double precision not null,
  people integer not null,
  joined_at timestamp with time zone not null,
  lane smallint not null,
  seq bigint not null,
  constraint campaign_member_pkey PRIMARY KEY (campaign, account),
  constraint campaign_member_campaign_fkey FOREIGN KEY (campaign) REFERENCES guard.campaign(id)
);
CREATE INDEX campaign_member_account ON guard.campaign_member USING btree (account);

create table guard.case_file (
  id bigint not null generated always as identity,
  account integer not null,
  organisation integer not null,
  profession text not null,
  is_shadow boolean not null,
  state text not null default 'open'::text,
  level smallint not null,
  bits double precision not null,
  is_honey boolean not null default false,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  closed_by integer,
  constraint case_file_pkey PRIMARY KEY (id),
  constraint case_file_check CHECK ((state = 'open'::text) = (closed_at IS NULL)),
  constraint case_file_level_check CHECK (level >= 1 AND level <= 3),
  constraint case_file_state_check CHECK (state = ANY (ARRAY['open'::text, 'answered'::text, 'undone'::text, 'confirmed'::text, 'expired'::text]))
);
CREATE UNIQUE INDEX case_file_open ON guard.case_file USING btree (account, is_shadow) WHERE (state = 'open'::text);
CREATE INDEX case_file_opened ON guard.case_file USING btree (opened_at);

create table guard.case_step (
  id bigint not null generated always as identity,
  case_file bigint not null,
  account integer not null,
  at timestamp with time zone not null,
  what text not null,
  from_standing smallint not null,
  to_standing smallint not null,
  by integer not null,
  lane smallint,
  seq bigint,
  entry_seq bigint,
  bits double precision,
  own double precision[],
  is_honey boolean not null default false,
  reason_sealed bytea,
  constraint case_step_pkey PRIMARY KEY (id),
  constraint case_step_account_lane_seq_to_standing_key UNIQUE (account, lane, seq, to_standing),
  constraint case_step_case_file_fkey FOREIGN KEY (case_file) REFERENCES guard.case_file(id),
  constraint case_step_what_check CHECK (what = ANY (ARRAY['contained'::text, 'answered'::text, 'undone'::text, 'confirmed'::text, 'expired'::text]))
);
CREATE INDEX case_step_case ON guard.case_step USING btree (case_file, id);

create table guard.delivery (
  id uuid not null default gen_random_uuid(),
  endpoint uuid not null,
  event uuid not null,
  type text not null,
  at timestamp with time zone not null,
  next_at timestamp with time zone not null default now(),
  tries integer not null default 0,
  outcome text,
  delivered_at timestamp with time zone,
  given_up_at timestamp with time zone,
  constraint delivery_pkey PRIMARY KEY (id),
  constraint delivery_endpoint_event_key UNIQUE (endpoint, event),
  constraint delivery_endpoint_fkey FOREIGN KEY (endpoint) REFERENCES guard.endpoint(id),
  constraint delivery_event_fkey FOREIGN KEY (event) REFERENCES guard.event(id),
  constraint delivery_check CHECK (delivered_at IS NULL OR given_up_at IS NULL)
);
CREATE INDEX delivery_delivered ON guard.delivery USING btree (delivered_at) WHERE (delivered_at IS NOT NULL);
CREATE INDEX delivery_event ON guard.delivery USING btree (event);
CREATE INDEX delivery_given_up ON guard.delivery USING btree (given_up_at) WHERE (given_up_at IS NOT NULL);
CREATE INDEX delivery_waiting ON guard.delivery USING btree (endpoint, next_at) WHERE ((delivered_at IS NULL) AND (given_up_at IS NULL));

create table guard.endpoint (
  id uuid not null default gen_random_uuid(),
  kind text not null,
  url text,
  secret_sealed bytea,
  made_by integer not null,
  created_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  end_reason text,
  taken_at timestamp with time zone,
  taken_until timestamp with time zone,
  slow_tries integer not null default 0,
  rests_until timestamp with time zone,
  target text,
  named_at timestamp with time zone not null default now(),
  constraint endpoint_pkey PRIMARY KEY (id),
  constraint endpoint_check CHECK ((kind = 'webhook'::text) = (url IS NOT NULL)),
  constraint endpoint_check1 CHECK ((ended_at IS NULL) = (end_reason IS NULL)),
  constraint endpoint_check2 CHECK ((kind = 'webhook'::text AND ended_at IS NULL) = (secret_sealed IS NOT NULL)),
  constraint endpoint_end_reason_check CHECK (end_reason = ANY (ARRAY['officer'::text, 'gone'::text, 'setting'::text])),
  constraint endpoint_kind_check CHECK (kind = ANY (ARRAY['webhook'::text, 'syslog'::text, 'mail'::text])),
  constraint endpoint_target_check CHECK (target <> ''::text),
  constraint endpoint_url_check CHECK (url <> ''::text)
);
CREATE UNIQUE INDEX endpoint_of_setting ON guard.endpoint USING btree (kind, COALESCE(target, ''::text)) WHERE ((kind <> 'webhook'::text) AND (ended_at IS NULL));

create table guard.event (
  id uuid not null default gen_random_uuid(),
  place bigint not null generated always as identity,
  type text not null,
  at timestamp with time zone not null,
  data jsonb not null,
  written_at timestamp with time zone not null default now(),
  constraint event_pkey PRIMARY KEY (id),
  constraint event_type_check CHECK (type <> ''::text)
);
CREATE INDEX event_written ON guard.event USING btree (written_at);

create table guard.evidence (
  case_file bigint not null,
  lane smallint not null,
  seq bigint not null,
  at timestamp with time zone not null,
  bits double precision not null,
  own double precision[] not null,
  constraint evidence_pkey PRIMARY KEY (case_file, lane, seq),
  constraint evidence_case_file_fkey FOREIGN KEY (case_file) REFERENCES guard.case_file(id)
);

create table guard."position" (
  lane smallint not null,
  seq bigint not null,
  lane_state bytea not null,
  seen_at timestamp with time zone not null default now(),
  folded bigint not null default '-1'::integer,
  waiting integer not null default 0,
  constraint position_pkey PRIMARY KEY (lane)
);

create table guard.setting (
  id bigint not null generated always as identity,
  is_shadow boolean not null,
  shadow_detectors integer[] not null,
  by integer not null,
  reason_sealed bytea not null,
  at timestamp with time zone not null default now(),
  constraint setting_pkey PRIMARY KEY (id)
);

create table guard.sweep (
  id bigint not null generated always as identity,
  case_file bigint not null,
  account integer not null,
  started_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  entries bigint not null default 0,
  sought text,
  places text not null default '{}'::text,
  constraint sweep_pkey PRIMARY KEY (id),
  constraint sweep_case_file_key UNIQUE (case_file)
);
CREATE INDEX sweep_running ON guard.sweep USING btree (id) WHERE (ended_at IS NULL);

create table guard.sweep_account (
  sweep bigint not null,
  account integer not null,
  organisation integer not null,
  profession text not null,
  families smallint not null,
  people integer not null,
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  lane smallint not null,
  seq bigint not null,
  network_at timestamp with time zone,
  client_at timestamp with time zone,
  constraint sweep_account_pkey PRIMARY KEY (sweep, account),
  constraint sweep_account_sweep_fkey FOREIGN KEY (sweep) REFERENCES guard.sweep(id)
);

create table guard.sweep_network (
  sweep bigint not null,
  network integer not null,
  account integer not null,
  constraint sweep_network_pkey PRIMARY KEY (sweep, network, account),
  constraint sweep_network_sweep_fkey FOREIGN KEY (sweep) REFERENCES guard.sweep(id)
);

create table guard.watched (
  day date not null,
  profession text not null,
  account_days integer not null,
  lookups bigint not null,
  constraint watched_pkey PRIMARY KEY (day, profession)
);

grant usage on schema guard to vigie_server;
grant insert, select, update on guard."position" to vigie_server;
grant insert, select, update on guard.account_state to vigie_server;
grant insert, select on guard.alarm to vigie_server;
grant insert, select, update on guard.blocked_network to vigie_server;
grant insert, select, update on guard.campaign to vigie_server;
grant delete, insert, select, update on guard.campaign_account to vigie_server;
grant delete, insert, select, update on guard.campaign_group to vigie_server;
grant insert, select on guard.campaign_link to vigie_server;
grant insert, select, update on guard.campaign_member to vigie_server;
grant insert, select, update on guard.case_file to vigie_server;
grant insert, select on guard.case_step to vigie_server;
grant delete, insert, select on guard.delivery to vigie_server;
grant delete, insert, select on guard.endpoint to vigie_server;
grant delete, insert, select on guard.event to vigie_server;
grant insert, select on guard.evidence to vigie_server;
grant insert, select on guard.setting to vigie_server;
grant insert, select, update on guard.sweep to vigie_server;
grant delete, insert, select, update on guard.sweep_account to vigie_server;
grant insert, select on guard.sweep_network to vigie_server;
grant insert, select, update on guard.watched to vigie_server;
grant update (closed_at) on guard.alarm to vigie_server;
grant update (entries) on guard.alarm to vigie_server;
grant update (seen_at) on guard.alarm to vigie_server;
grant update (entry_seq) on guard.case_step to vigie_server;
grant update (delivered_at) on guard.delivery to vigie_server;
grant update (given_up_at) on guard.delivery to vigie_server;
grant update (next_at) on guard.delivery to vigie_server;
grant update (outcome) on guard.delivery to vigie_server;
grant update (tries) on guard.delivery to vigie_server;
grant update (end_reason) on guard.endpoint to vigie_server;
grant update (ended_at) on guard.endpoint to vigie_server;
grant update (named_at) on guard.endpoint to vigie_server;
grant update (rests_until) on guard.endpoint to vigie_server;
grant update (secret_sealed) on guard.endpoint to vigie_server;
grant update (slow_tries) on guard.endpoint to vigie_server;
grant update (taken_at) on guard.endpoint to vigie_server;
grant update (taken_until) on guard.endpoint to vigie_server;
grant update (target) on guard.endpoint to vigie_server;

create schema ledger;

create table ledger.account (
  actor_seq bigint not null default 0,
  refusal_minute timestamp with time zone not null default '2000-01-01 00:00:00+00'::timestamp with time zone,
  account integer not null,
  organisation integer not null,
  charged integer not null default 0,
  cap integer not null,
  opening integer not null default 0,
  renewal_per_day integer not null,
  usual_per_day integer not null,
  people_per_day_max integer not null,
  unknown_left integer not null default 20,
  people_today integer not null default 0,
  refusals integer not null default 0,
  refusals_folded integer not null default 0,
  opened_on date not null,
  renewed_on date not null,
  unknown_on date not null,
  people_on date not null,
  lane smallint not null,
  standing smallint not null default 0,
  present_only_until timestamp with time zone,
  constraint account_pkey PRIMARY KEY (lane, account),
  constraint account_cap_check CHECK (cap >= 0 AND cap <= 100000000),
  constraint account_charged_check CHECK (charged >= 0),
  constraint account_standing_check CHECK (standing >= 0 AND standing <= 3)
) with (fillfactor=50);
CREATE INDEX account_organisation ON ledger.account USING btree (organisation);

create table ledger.account_day (
  account integer not null,
  day date not null,
  drawn integer not null default 0,
  explained integer not null default 0,
  claims integer not null default 0,
  present integer not null default 0,
  by_hand integer not null default 0,
  lane smallint not null,
  constraint account_day_pkey PRIMARY KEY (lane, account, day)
) with (fillfactor=70);

create table ledger.batch (
  at timestamp with time zone not null,
  digest bigint not null,
  lane smallint not null,
  batch uuid not null,
  seqs bigint[] not null,
  outcomes smallint[] not null,
  becauses smallint[] not null,
  constraint batch_pkey PRIMARY KEY (lane, batch)
);
CREATE INDEX batch_at ON ledger.batch USING brin (at);

create table ledger.entry (
  seq bigint not null,
  actor_seq bigint not null,
  at timestamp with time zone not null,
  session bigint not null,
  fields bigint not null,
  account integer not null,
  acted_by integer not null,
  organisation integer not null,
  client integer not null,
  network integer not null,
  count integer not null default 1,
  signals integer not null,
  lane smallint not null,
  kind smallint not null,
  action smallint not null,
  purpose smallint not null,
  outcome smallint not null,
  reason smallint not null,
  fields_version smallint not null default 1,
  signals_version smallint not null default 1,
  present boolean not null,
  subject uuid,
  batch uuid not null,
  salt uuid,
  insurers integer[] not null,
  constraint entry_pkey PRIMARY KEY (lane, seq, at)
) partition by RANGE (at);
CREATE INDEX entry_account ON ONLY ledger.entry USING btree (lane, account, actor_seq);
CREATE INDEX entry_break_glass ON ONLY ledger.entry USING btree (at) WHERE (((action >= 2) AND (action <= 9)) AND (kind = 1) AND (outcome = 1));

create table ledger.lane (
  lane smallint not null,
  size bigint not null default 0,
  last_at timestamp with time zone not null default '2000-01-01 00:00:00+00'::timestamp with time zone,
  constraint lane_pkey PRIMARY KEY (lane)
) with (fillfactor=10, autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=1000);

create table ledger.pair (
  first_at timestamp with time zone not null,
  last_at timestamp with time zone not null,
  account integer not null,
  last_on date not null,
  charged_on date,
  lane smallint not null,
  state smallint not null,
  subject uuid not null,
  claim uuid,
  by_hand_seq bigint,
  constraint pair_pkey PRIMARY KEY (lane, account, subject),
  constraint pair_state_check CHECK (state >= 1 AND state <= 3)
) with (fillfactor=90);
CREATE INDEX pair_charged ON ledger.pair USING btree (lane, account, first_at) WHERE (state = 1);

create table ledger.wrong_birth_date (
  account integer not null,
  day date not null,
  lane smallint not null,
  tries smallint not null,
  nir_key bytea not null,
  constraint wrong_birth_date_pkey PRIMARY KEY (lane, account, nir_key)
);

create function ledger.answer_challenge(l smallint, server_at timestamp with time zone, acct integer, OUT seq bigint)
  returns bigint
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.cool_off(l smallint, server_at timestamp with time zone, acct integer, why smallint, hours integer, actor integer, OUT seq bigint)
  returns bigint
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.create_lanes(lanes integer)
  returns void
  language plpgsql
  set search_path=ledger, pg_temp;

create function ledger.create_partitions(months integer)
  returns integer
  language plpgsql
  set search_path=ledger, pg_temp;

create function ledger.erase_salts(before timestamp with time zone)
  returns bigint
  language sql
  set search_path=ledger, pg_temp;

create function ledger.explain(l smallint, server_at timestamp with time zone, acct integer, person uuid, how smallint, actor integer, claim_id uuid, OUT outcome smallint, OUT seq bigint)
  returns record
  language sql security definer
  set search_path=ledger, pg_temp;

create function ledger.explain_batch(l smallint, server_at timestamp with time zone, accts integer[], people uuid[], hows smallint[], actors integer[], claims uuid[], OUT outcomes smallint[], OUT seqs bigint[])
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp
  set plan_cache_mode=force_generic_plan
  set enable_seqscan=off
  set enable_hashjoin=off
  set enable_mergejoin=off;

create function ledger.explain_many(l smallint, server_at timestamp with time zone, accts integer[], people uuid[], hows smallint[], actors integer[], claims uuid[])
  returns smallint[]
  language sql security definer
  set search_path=ledger, pg_temp;

create function ledger.forget_batches()
  returns bigint
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.last_standing(l smallint, acct integer, OUT seq bigint, OUT actor integer, OUT why smallint)
  returns record
  language sql stable
  set search_path=ledger, pg_temp;

create function ledger.left_of(l smallint, accounts integer[], today date, OUT people text, OUT unknown text, OUT today_left text)
  returns record
  language sql stable
  set search_path=ledger, pg_temp;

create function ledger.note_network(l smallint, server_at timestamp with time zone, acct integer, actor integer, which integer, is_blocked boolean, why smallint, OUT seq bigint)
  returns bigint
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.note_presence_closed(l smallint, server_at timestamp with time zone, acct integer, person uuid, OUT seq bigint)
  returns bigint
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.now()
  returns timestamp with time zone
  language sql;

create function ledger.open_account(lanes integer, server_at timestamp with time zone, its_organisation integer, its_cap integer, its_renewal integer, its_usual integer, its_people_max integer, its_opening integer, actor integer, OUT account integer, OUT seq bigint)
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.open_accounts(l smallint, server_at timestamp with time zone, accts integer[], organisations integer[], caps integer[], renewals integer[], usuals integer[], people_maxes integer[], openings integer[], actor integer)
  returns void
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.paris_day(at timestamp with time zone)
  returns date
  language sql stable;

create function ledger.raise_standing(l smallint, server_at timestamp with time zone, acct integer, to_standing smallint, actor integer, why smallint, of_seq bigint, OUT seq bigint, OUT before smallint)
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.read_allowance(l smallint, server_at timestamp with time zone, acct integer)
  returns TABLE(standing smallint, charged integer, cap integer, renewal_per_day integer, usual integer, claims_today integer, by_hand_left integer, unknown_left integer, people_today integer, people_per_day_max integer, renews boolean)
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.record(l smallint, b uuid, server_at timestamp with time zone, accounts integer[], sessions bigint[], organisations integer[], clients integer[], networks integer[], actions smallint[], purposes smallint[], subjects uuid[], nir_keys bytea[], insurer_sets text[], fieldsets bigint[], reasons smallint[], presents boolean[], signalsets integer[], salts uuid[])
  returns TABLE(at_us text, answered_seqs text, answered_outcomes text, answered_becauses text, people_left text, unknown_left text, today_left text)
  language plpgsql security definer
  set search_path=ledger, pg_temp
  set plan_cache_mode=force_generic_plan;

create function ledger.renew(l smallint, accts integer[], today date)
  returns void
  language plpgsql
  set search_path=ledger, pg_temp;

create function ledger.reserve_accounts(how_many integer)
  returns SETOF integer
  language sql security definer
  set search_path=ledger, pg_temp;

create function ledger.seed_many(l smallint, server_at timestamp with time zone, accts integer[], people uuid[], actor integer, OUT seeded integer, OUT last_seq bigint)
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.seed_relations(l smallint, server_at timestamp with time zone, acct integer, people uuid[], actor integer, OUT seeded integer, OUT seq bigint)
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.set_figures(l smallint, server_at timestamp with time zone, acct integer, its_cap integer, its_renewal integer, its_usual integer, its_people_max integer, actor integer, OUT seq bigint, OUT cap_before integer)
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.set_standing(l smallint, server_at timestamp with time zone, acct integer, to_standing smallint, actor integer, why smallint, OUT seq bigint, OUT before smallint)
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.standing_at(standing smallint, until timestamp with time zone, at timestamp with time zone)
  returns smallint
  language sql immutable;

create function ledger.take_back_by_hand(l smallint, server_at timestamp with time zone, acct integer, hand_seq bigint, actor integer, OUT outcome smallint, OUT seq bigint)
  returns record
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.take_back_standing(l smallint, server_at timestamp with time zone, acct integer, actor integer, why smallint, of_seq bigint, OUT seq bigint)
  returns bigint
  language plpgsql security definer
  set search_path=ledger, pg_temp;

create function ledger.take_lane(l smallint, server_at timestamp with time zone, entries integer, OUT base bigint, OUT at timestamp with time zone)
  returns record
  language plpgsql
  set search_path=ledger, pg_temp;

create function ledger.usual_people(l smallint, acct integer, today date)
  returns integer
  language sql stable
  set search_path=ledger, pg_temp;

create function ledger.write_act(l smallint, entry_seq bigint, entry_at timestamp with time zone, acct integer, actor integer, entry_kind smallint, entry_action smallint, entry_reason smallint, entry_subject uuid, entry_count integer)
  returns void
  language plpgsql
  set search_path=ledger, pg_temp;

create function ledger.write_acts(l smallint, base bigint, ts timestamp with time zone, accts integer[], counts integer[], actor integer, act_kind smallint)
  returns void
  language plpgsql
  set search_path=ledger, pg_temp;

create function ledger.write_folded_refusals(l smallint, server_at timestamp with time zone)
  returns integer
  language plpgsql security definer
  set search_path=ledger, pg_temp;

grant usage on schema ledger to vigie_server;
grant select on ledger.account to vigie_server;
grant select on ledger.account_day to vigie_server;
grant select on ledger.batch to vigie_server;
grant select on ledger.entry to vigie_server;
grant select on ledger.lane to vigie_server;
grant select on ledger.pair to vigie_server;
grant select on ledger.wrong_birth_date to vigie_server;
grant execute on function ledger.answer_challenge(smallint,timestamp with time zone,integer) to vigie_server;
grant execute on function ledger.cool_off(smallint,timestamp with time zone,integer,smallint,integer,integer) to vigie_server;
grant execute on function ledger.explain(smallint,timestamp with time zone,integer,uuid,smallint,integer,uuid) to vigie_server;
grant execute on function ledger.explain_many(smallint,timestamp with time zone,integer[],uuid[],smallint[],integer[],uuid[]) to vigie_server;
grant execute on function ledger.forget_batches() to vigie_server;
grant execute on function ledger.note_network(smallint,timestamp with time zone,integer,integer,integer,boolean,smallint) to vigie_server;
grant execute on function ledger.note_presence_closed(smallint,timestamp with time zone,integer,uuid) to vigie_server;
grant execute on function ledger.now() to vigie_server;
grant execute on function ledger.open_account(integer,timestamp with time zone,integer,integer,integer,integer,integer,integer,integer) to vigie_server;
grant execute on function ledger.open_accounts(smallint,timestamp with time zone,integer[],integer[],integer[],integer[],integer[],integer[],integer[],integer) to vigie_server;
grant execute on function ledger.paris_day(timestamp with time zone) to vigie_server;
grant execute on function ledger.raise_standing(smallint,timestamp with time zone,integer,smallint,integer,smallint,bigint) to vigie_server;
grant execute on function ledger.read_allowance(smallint,timestamp with time zone,integer) to vigie_server;
grant execute on function ledger.record(smallint,uuid,timestamp with time zone,integer[],bigint[],integer[],integer[],integer[],smallint[],smallint[],uuid[],bytea[],text[],bigint[],smallint[],boolean[],integer[],uuid[]) to vigie_server;
grant execute on function ledger.reserve_accounts(integer) to vigie_server;
grant execute on function ledger.seed_many(smallint,timestamp with time zone,integer[],uuid[],integer) to vigie_server;
grant execute on function ledger.seed_relations(smallint,timestamp with time zone,integer,uuid[],integer) to vigie_server;
grant execute on function ledger.set_figures(smallint,timestamp with time zone,integer,integer,integer,integer,integer,integer) to vigie_server;
grant execute on function ledger.set_standing(smallint,timestamp with time zone,integer,smallint,integer,smallint) to vigie_server;
grant execute on function ledger.standing_at(smallint,timestamp with time zone,timestamp with time zone) to vigie_server;
grant execute on function ledger.take_back_by_hand(smallint,timestamp with time zone,integer,bigint,integer) to vigie_server;
grant execute on function ledger.take_back_standing(smallint,timestamp with time zone,integer,integer,smallint,bigint) to vigie_server;
grant execute on function ledger.write_folded_refusals(smallint,timestamp with time zone) to vigie_server;

create schema messages;

create table messages.outbox (
  id uuid not null,
  account integer not null,
  what text not null,
  sealed bytea,
  created_at timestamp with time zone not null default now(),
  next_at timestamp with time zone not null default now(),
  tries integer not null default 0,
  outcome text,
  sent_at timestamp with time zone,
  given_up_at timestamp with time zone,
  constraint outbox_pkey PRIMARY KEY (id)
);
CREATE INDEX outbox_due ON messages.outbox USING btree (next_at) WHERE ((sent_at IS NULL) AND (given_up_at IS NULL));

grant usage on schema messages to vigie_server;
grant delete, insert, select, update on messages.outbox to vigie_server;

create schema platform;

create table platform.migration (
  number integer not null,
  name text not null,
  digest text not null,
  applied_at timestamp with time zone not null default now(),
  constraint migration_pkey PRIMARY KEY (number)
);

grant usage on schema platform to vigie_server;
grant select on platform.migration to vigie_server;

create schema rights;

create table rights.card_desk (
  single boolean not null default true,
  account integer not null,
  organisation integer not null,
  constraint card_desk_pkey PRIMARY KEY (single),
  constraint card_desk_single_check CHECK (single)
);

create table rights.explanation (
  lane smallint not null,
  seq bigint not null,
  account integer not null,
  reason text not null,
  to_review boolean not null,
  at timestamp with time zone not null default now(),
  constraint explanation_pkey PRIMARY KEY (lane, seq),
  constraint explanation_reason_check CHECK (reason <> ''::text)
);
CREATE INDEX explanation_to_review ON rights.explanation USING btree (at) WHERE to_review;

create table rights.honey (
  nir_key bytea not null,
  placed_at timestamp with time zone not null default now(),
  constraint honey_pkey PRIMARY KEY (nir_key),
  constraint honey_nir_key_check CHECK (length(nir_key) = 16)
);

create table rights.import (
  id bigint not null generated always as identity,
  kind text not null,
  insurer integer,
  account integer,
  state text not null,
  complete boolean not null default false,
  dry_run boolean not null default false,
  file_name text,
  spool text,
  message text,
  created_at timestamp with time zone not null default now(),
  started_at timestamp with time zone,
  updated_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  lines bigint not null default 0,
  people bigint not null default 0,
  added bigint not null default 0,
  changed bigint not null default 0,
  unchanged bigint not null default 0,
  closed bigint not null default 0,
  rejected bigint not null default 0,
  spool_key bytea,
  confirm_closures boolean not null default false,
  idempotency bytea,
  bytes bigint,
  attempts integer not null default 0,
  constraint import_pkey PRIMARY KEY (id),
  constraint import_kind_check CHECK (kind = ANY (ARRAY['people'::text, 'relations'::text, 'professionals'::text, 'insurers'::text])),
  constraint import_state_check CHECK (state = ANY (ARRAY['queued'::text, 'running'::text, 'done'::text, 'failed'::text, 'interrupted'::text]))
);
CREATE INDEX import_account ON rights.import USING btree (account, id) WHERE (account IS NOT NULL);
CREATE INDEX import_insurer ON rights.import USING btree (insurer, id);
CREATE INDEX import_spool ON rights.import USING btree (id) WHERE (spool IS NOT NULL);
CREATE INDEX import_unfinished ON rights.import USING btree (state, id) WHERE (state = ANY (ARRAY['queued'::text, 'running'::text]));

create table rights.import_notice (
  import bigint not null,
  account integer not null,
  created_at timestamp with time zone not null default now(),
  next_at timestamp with time zone not null default now(),
  tries integer not null default 0,
  outcome text,
  told_at timestamp with time zone,
  given_up_at timestamp with time zone,
  constraint import_notice_pkey PRIMARY KEY (import),
  constraint import_notice_import_fkey FOREIGN KEY (import) REFERENCES rights.import(id)
);
CREATE INDEX import_notice_due ON rights.import_notice USING btree (next_at) WHERE ((told_at IS NULL) AND (given_up_at IS NULL));

create table rights.import_rejected (
  import bigint not null,
  place integer not null,
  lines text not null,
  at timestamp with time zone not null default now(),
  constraint import_rejected_pkey PRIMARY KEY (import, place),
  constraint import_rejected_import_fkey FOREIGN KEY (import) REFERENCES rights.import(id)
);
CREATE INDEX import_rejected_at ON rights.import_rejected USING btree (at);

create table rights.insurer (
  id integer not null,
  amc_code text not null,
  name text not null,
  convention_types text[] not null default '{}'::text[],
  constraint insurer_pkey PRIMARY KEY (id),
  constraint insurer_amc_code_key UNIQUE (amc_code)
);

create table rights.review (
  lane smallint not null,
  seq bigint not null,
  reviewer integer not null,
  accepted boolean not null,
  why text not null,
  at timestamp with time zone not null default now(),
  taken_back_seq bigint,
  constraint review_pkey PRIMARY KEY (lane, seq),
  constraint review_why_check CHECK (why <> ''::text)
);

create table rights.sealed (
  subject uuid not null,
  insurer integer not null,
  ciphertext bytea not null,
  digest bytea,
  link bytea,
  pending boolean not null default false,
  closed_on date,
  constraint sealed_pkey PRIMARY KEY (subject, insurer)
);
CREATE INDEX sealed_link ON rights.sealed USING btree (link);
CREATE INDEX sealed_pending ON rights.sealed USING btree (insurer, subject) WHERE pending;

grant usage on schema rights to vigie_server;
grant insert, select on rights.card_desk to vigie_server;
grant insert, select on rights.explanation to vigie_server;
grant delete, insert, select on rights.honey to vigie_server;
grant insert, select, update on rights.import to vigie_server;
grant insert, select, update on rights.import_notice to vigie_server;
grant delete, insert, select on rights.import_rejected to vigie_server;
grant insert, select on rights.insurer to vigie_server;
grant insert, select on rights.review to vigie_server;
grant delete, insert, select, update on rights.sealed to vigie_server;
grant update (convention_types) on rights.insurer to vigie_server;
grant update (name) on rights.insurer to vigie_server;

create schema vault;

create table vault.insurer_key (
  insurer integer not null,
  wrapped bytea not null,
  generation smallint not null default 1,
  constraint insurer_key_pkey PRIMARY KEY (insurer, generation)
);

create table vault.key_reader (
  reader uuid not null,
  version bigint not null,
  at timestamp with time zone not null default clock_timestamp(),
  constraint key_reader_pkey PRIMARY KEY (reader)
);

create table vault.keyring (
  only_one boolean not null default true,
  version bigint not null default 1,
  derived boolean not null,
  constraint keyring_pkey PRIMARY KEY (only_one),
  constraint keyring_only_one_check CHECK (only_one)
);

create table vault.lookup_key (
  key bytea not null,
  subject uuid not null,
  generation smallint not null default 1,
  constraint lookup_key_pkey PRIMARY KEY (key),
  constraint lookup_key_key_check CHECK (octet_length(key) = 16)
);

create table vault.person (
  subject uuid not null,
  number bigint not null generated always as identity,
  presence_key bytea not null,
  presence_step bigint not null default 0,
  erased_at timestamp with time zone,
  erased_because text,
  constraint person_pkey PRIMARY KEY (subject)
) with (fillfactor=90);

create table vault.presence_account (
  account integer not null,
  misses timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  closed_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint presence_account_pkey PRIMARY KEY (account)
);

create table vault.presence_person (
  subject uuid not null,
  misses timestamp with time zone[] not null default '{}'::timestamp with time zone[],
  closed_until timestamp with time zone not null default '-infinity'::timestamp with time zone,
  constraint presence_person_pkey PRIMARY KEY (subject),
  constraint presence_person_subject_fkey FOREIGN KEY (subject) REFERENCES vault.person(subject) ON DELETE CASCADE
);

create table vault.purpose_key (
  purpose text not null,
  generation smallint not null,
  state text not null,
  derived boolean not null,
  master_id bytea not null,
  wrapped bytea not null,
  created_at timestamp with time zone not null default now(),
  constraint purpose_key_pkey PRIMARY KEY (purpose, generation),
  constraint purpose_key_master_id_check CHECK (octet_length(master_id) = 8),
  constraint purpose_key_state_check CHECK (state = ANY (ARRAY['current'::text, 'accepted'::text]))
);
CREATE UNIQUE INDEX purpose_key_current ON vault.purpose_key USING btree (purpose) WHERE (state = 'current'::text);

create table vault.rotation (
  id bigint not null generated always as identity,
  kind text not null,
  from_generation smallint not null,
  to_generation smallint not null,
  stage text not null,
  place bytea not null default '\x'::bytea,
  done bigint not null default 0,
  started_at timestamp with time zone not null default now(),
  updated_at timestamp with time zone not null default now(),
  ended_at timestamp with time zone,
  constraint rotation_pkey PRIMARY KEY (id),
  constraint rotation_kind_check CHECK (kind = ANY (ARRAY['index'::text, 'insurer'::text, 'signing'::text])),
  constraint rotation_stage_check CHECK (stage = ANY (ARRAY['walk'::text, 'check'::text, 'clean'::text, 'done'::text]))
);
CREATE UNIQUE INDEX rotation_unfinished ON vault.rotation USING btree (kind) WHERE (stage <> 'done'::text);

create table vault.wrapped_key (
  subject uuid not null,
  insurer integer not null,
  wrapped bytea not null,
  generation smallint not null default 1,
  constraint wrapped_key_pkey PRIMARY KEY (subject, insurer)
);

create function vault.consume_presence(p_account integer, p_at timestamp with time zone, p_subject uuid, p_step bigint, p_limit integer)
  returns smallint
  language plpgsql security definer
  set search_path=pg_catalog, pg_temp;

grant usage on schema vault to vigie_server;
grant delete, insert, select on vault.insurer_key to vigie_server;
grant delete, insert, select, update on vault.key_reader to vigie_server;
grant select on vault.keyring to vigie_server;
grant delete, insert, select on vault.lookup_key to vigie_server;
grant insert, select on vault.person to vigie_server;
grant select on vault.person_number_seq to vigie_server;
grant delete, insert, select on vault.purpose_key to vigie_server;
grant insert, select, update on vault.rotation to vigie_server;
grant delete, insert, select on vault.wrapped_key to vigie_server;
grant update (version) on vault.keyring to vigie_server;
grant update (erased_at) on vault.person to vigie_server;
grant update (erased_because) on vault.person to vigie_server;
grant update (presence_key) on vault.person to vigie_server;
grant update (master_id) on vault.purpose_key to vigie_server;
grant update (state) on vault.purpose_key to vigie_server;
grant update (wrapped) on vault.purpose_key to vigie_server;
grant update (generation) on vault.wrapped_key to vigie_server;
grant update (wrapped) on vault.wrapped_key to vigie_server;
grant execute on function vault.consume_presence(integer,timestamp with time zone,uuid,bigint,integer) to vigie_server;
