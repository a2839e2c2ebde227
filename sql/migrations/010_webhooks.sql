-- Webhooks and the event feed. The journal is the outbox: its versions have no gaps and commit in
-- order, so nothing is written here when a seat is sold.

-- Who is told. `events` and `shows` are null for all of them; `owner` is the API key that made it,
-- or null for the operators'.
create table rowlock.webhooks (
  webhook_id uuid not null,
  url text not null,
  events text[],
  shows text[],
  description text,
  owner text,
  created_at timestamptz not null,
  created_by text not null,
  disabled_at timestamptz,
  disabled_why text,
  failing_since timestamptz,
  constraint webhooks_pkey primary key (webhook_id),
  constraint webhooks_disabled check ((disabled_at is null) = (disabled_why is null))
);

-- What deliveries are signed with. During a change of secrets there are several.
create table rowlock.webhook_secrets (
  webhook_id uuid not null,
  secret text not null,
  request_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  constraint webhook_secrets_pkey primary key (webhook_id, request_id),
  constraint webhook_secrets_webhook foreign key (webhook_id)
    references rowlock.webhooks (webhook_id) on delete cascade
);

-- How far a show's journal has been read for ends of holds, and how far webhooks were given it.
create table rowlock.event_shows (
  show_id bigint not null,
  version bigint not null default 0,
  expiry_no bigint not null default 0,
  told_version bigint not null default 0,
  told_expiry_no bigint not null default 0,
  constraint event_shows_pkey primary key (show_id)
);

-- Ends of holds that lie ahead, as of `event_shows.version`.
create table rowlock.hold_ends (
  show_id bigint not null,
  hold_id uuid not null,
  until timestamptz not null,
  constraint hold_ends_pkey primary key (show_id, hold_id)
);
create index hold_ends_until_idx on rowlock.hold_ends (until);

-- Holds that have run out: one row for each time, numbered without gaps in a show. `version` is
-- the last entry of the hold.
create table rowlock.expiries (
  show_id bigint not null,
  expiry_no bigint not null,
  hold_id uuid not null,
  version bigint not null,
  until timestamptz not null,
  constraint expiries_pkey primary key (show_id, expiry_no),
  constraint expiries_once unique (show_id, version)
);

-- How far a webhook has been told of a show. Who delivers has a lease; when it ends without being
-- settled, another server takes over.
create table rowlock.webhook_cursors (
  webhook_id uuid not null,
  show_id bigint not null,
  version bigint not null,
  expiry_no bigint not null,
  tries int not null default 0,
  retry_at timestamptz,
  leased_by uuid,
  leased_until timestamptz,
  constraint webhook_cursors_pkey primary key (webhook_id, show_id),
  constraint webhook_cursors_webhook foreign key (webhook_id)
    references rowlock.webhooks (webhook_id) on delete cascade
);
create index webhook_cursors_leased_idx on rowlock.webhook_cursors (leased_until)
  where leased_until is not null;
create index webhook_cursors_retry_idx on rowlock.webhook_cursors (retry_at)
  where retry_at is not null;

-- Deliveries that failed and will be tried again (`waiting`), those that were given up (`failed`),
-- and the last ones that arrived (`delivered`).
create table rowlock.webhook_attempts (
  webhook_id uuid not null,
  event_id text not null,
  show_id bigint,
  version bigint,
  expiry_no bigint,
  type text not null,
  state text not null,
  tries int not null,
  at timestamptz not null,
  next_at timestamptz,
  status int,
  answer text,
  error text,
  took_ms int,
  constraint webhook_attempts_pkey primary key (webhook_id, event_id),
  constraint webhook_attempts_state check (state in ('waiting', 'delivered', 'failed')),
  constraint webhook_attempts_webhook foreign key (webhook_id)
    references rowlock.webhooks (webhook_id) on delete cascade
);
create index webhook_attempts_next_idx on rowlock.webhook_attempts (next_at)
  where next_at is not null;
create index webhook_attempts_at_idx on rowlock.webhook_attempts (webhook_id, at);

-- Keys of partners may keep webhooks of their own.
alter table rowlock.api_keys
  drop constraint api_keys_scopes_known,
  add constraint api_keys_scopes_known check (
    scopes <@ array['sell', 'amend', 'block', 'journal', 'catalogue', 'webhooks']
  );
