-- Campaigns: accounts linked by what they newly share, and what was done about it. Numbers, places and codes only.
-- Can be made again from the ledger: campaign_account and campaign_group (what the follower has in memory),
-- campaign_member, campaign_link, sweep_account. Cannot: campaign (a person's word about it), sweep (that it was asked).

-- What the follower knows of an account beside guard.account_state, and of the groups it watches; written in the
-- transaction that moves guard.position, so that both are of the same entry.
create table guard.campaign_account (
  account integer primary key,
  state   text not null
) with (fillfactor = 70);
create table guard.campaign_group (
  key   text primary key,
  state text not null
) with (fillfactor = 70);

-- A group whose evidence came near a challenge, or a member of which was contained. key: the entry that founded the
-- group, lane/seq; folded again after a crash, it opens nothing new. It is confirmed when a member's case is.
create table guard.campaign (
  id            bigint generated always as identity primary key,
  key           text not null unique,
  state         text not null default 'open' check (state in ('open', 'closed')),
  bits          float8 not null,
  opened_at     timestamptz not null,
  closed_at     timestamptz,
  -- 0 is the system: quiet for too long, or become part of another campaign.
  closed_by     integer,
  part_of       bigint references guard.campaign,
  reason_sealed bytea,
  check ((state = 'closed') = (closed_at is not null))
);
create index campaign_opened on guard.campaign (opened_at);

-- bits: its own evidence; people: strangers it was told of while it used what it newly shares.
create table guard.campaign_member (
  campaign     bigint not null references guard.campaign,
  account      integer not null,
  organisation integer not null,
  profession   text not null,
  bits         float8 not null,
  people       integer not null,
  joined_at    timestamptz not null,
  -- Its lookup that linked it, or that its link was found at.
  lane         smallint not null,
  seq          bigint not null,
  primary key (campaign, account)
);
create index campaign_member_account on guard.campaign_member (account);

create table guard.campaign_link (
  campaign bigint not null references guard.campaign,
  one      integer not null,
  other    integer not null,
  -- In bits: how rare what they share is. families: a set, by src/modules/guard/campaigns/families.ts.
  weight   float8 not null,
  families smallint not null,
  primary key (campaign, one, other),
  check (one < other)
);

grant select, insert, update on guard.campaign, guard.campaign_member to vigie_server;
grant select, insert on guard.campaign_link to vigie_server;
grant select, insert, update, delete on guard.campaign_account, guard.campaign_group to vigie_server;
