-- Organisations, accounts and what signs an account in. Names, e-mails and reasons are sealed before they come here.
CREATE SCHEMA access;

CREATE TABLE access.organisation (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name_sealed bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- id is the ledger's account number: the ledger opens an account first, and this table describes it.
CREATE TABLE access.account (
  id integer PRIMARY KEY,
  organisation integer NOT NULL REFERENCES access.organisation,
  profession text NOT NULL CHECK (profession <> ''),
  holder_sealed bytea NOT NULL,
  email_index bytea,
  created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX account_organisation ON access.account (organisation);
CREATE INDEX account_email_index ON access.account (email_index) WHERE email_index IS NOT NULL;

CREATE TABLE access.token (
  hash bytea PRIMARY KEY CHECK (octet_length(hash) = 32),
  session bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  account integer NOT NULL REFERENCES access.account,
  created_at timestamptz NOT NULL DEFAULT now(),
  revoked_at timestamptz
);
CREATE INDEX token_account ON access.token (account);

-- Why an account was suspended or reinstated; the change itself is an entry of the ledger.
CREATE TABLE access.standing_reason (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  account integer NOT NULL REFERENCES access.account,
  standing text NOT NULL,
  reason_sealed bytea NOT NULL,
  at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX standing_reason_account ON access.standing_reason (account, at);

GRANT USAGE ON SCHEMA access TO vigie_server;
GRANT SELECT, INSERT ON access.organisation, access.account, access.token, access.standing_reason TO vigie_server;
GRANT UPDATE (revoked_at) ON access.token TO vigie_server;
