-- People, their sessions, API keys, and the log of what was done to them. Reference data: none of
-- it belongs to a show. What could let somebody in is stored as a hash, or not readable for
-- servers but through functions; only functions write.

-- email_key is the e-mail as it is looked up and kept unique: NFKC, case-folded. Without an e-mail,
-- or a password, a user signs in by link only.
create table rowlock.users (
  user_id uuid not null,
  name text not null,
  email text,
  email_key text,
  phone text,
  role text not null,
  password_hash text,
  password_changed_at timestamptz,
  created_at timestamptz not null,
  disabled_at timestamptz,
  constraint users_pkey primary key (user_id),
  constraint users_email_unique unique (email_key),
  constraint users_email_whole check ((email is null) = (email_key is null)),
  constraint users_role_known check (role in ('user', 'box_office', 'operator'))
);

create index users_operators_idx on rowlock.users (created_at, user_id) where role = 'operator';

-- A session ends at ended_at, at expires_at, or when it was not refreshed until idle_until.
create table rowlock.sessions (
  session_id uuid not null,
  user_id uuid not null,
  began_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  idle_until timestamptz not null,
  ended_at timestamptz,
  constraint sessions_pkey primary key (session_id),
  constraint sessions_user_fkey foreign key (user_id) references rowlock.users (user_id),
  constraint sessions_began_by_known check (began_by in ('password', 'link'))
);

create index sessions_user_idx on rowlock.sessions (user_id) where ended_at is null;
create index sessions_expires_at_idx on rowlock.sessions (expires_at);

-- Used ones stay as long as their session, so that a second use is noticed.
create table rowlock.refresh_tokens (
  hash bytea not null,
  session_id uuid not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint refresh_tokens_pkey primary key (hash),
  constraint refresh_tokens_session_fkey foreign key (session_id)
    references rowlock.sessions (session_id) on delete cascade
);

create index refresh_tokens_session_idx on rowlock.refresh_tokens (session_id);

-- session_id is the session that the link became, once it is used.
create table rowlock.sign_in_links (
  hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  session_id uuid,
  constraint sign_in_links_pkey primary key (hash),
  constraint sign_in_links_user_fkey foreign key (user_id) references rowlock.users (user_id)
);

create index sign_in_links_user_idx on rowlock.sign_in_links (user_id);

-- `shows` are public keys; null means all of them.
create table rowlock.api_keys (
  key_id uuid not null,
  name text not null,
  scopes text[] not null,
  shows text[],
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  constraint api_keys_pkey primary key (key_id),
  constraint api_keys_scopes_known check (
    scopes <@ array['sell', 'amend', 'block', 'journal', 'catalogue']
  )
);

-- A key has several while one takes over from the other.
create table rowlock.api_key_secrets (
  hash bytea not null,
  key_id uuid not null,
  prefix text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  constraint api_key_secrets_pkey primary key (hash),
  constraint api_key_secrets_key_fkey foreign key (key_id) references rowlock.api_keys (key_id)
);

create index api_key_secrets_key_idx on rowlock.api_key_secrets (key_id);

-- What access tokens are signed with, shared by all servers; the newest signs.
create table rowlock.signing_keys (
  kid text not null,
  secret bytea not null,
  created_at timestamptz not null,
  constraint signing_keys_pkey primary key (kid)
);

-- Random secrets that stay for ever, such as the one that fingerprints are made with.
create table rowlock.secrets (
  name text not null,
  value bytea not null,
  constraint secrets_pkey primary key (name)
);

-- How often something was tried until its window ends. Losing it in a crash costs a few more tries.
create unlogged table rowlock.attempts (
  bucket text not null,
  count int not null,
  until timestamptz not null,
  constraint attempts_pkey primary key (bucket)
);

create index attempts_until_idx on rowlock.attempts (until);

-- Administrative acts. Appended to, never changed: see people_audit.sql.
create table rowlock.audit_log (
  audit_id bigint not null generated always as identity,
  at timestamptz not null,
  actor text not null,
  action text not null,
  subject text,
  request_id text,
  details jsonb,
  constraint audit_log_pkey primary key (audit_id)
);

create index audit_log_actor_idx on rowlock.audit_log (actor, audit_id);
create index audit_log_action_idx on rowlock.audit_log (action, audit_id);

-- Their successors say who called, for the audit log.
drop function if exists rowlock.create_venue(uuid, uuid, uuid, text, text);
drop function if exists rowlock.create_plan(uuid, uuid, uuid, uuid, text, jsonb, json);
