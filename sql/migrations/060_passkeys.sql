-- Passkeys (WebAuthn): second factors beside codes, and a way to sign in by themselves.

-- `host` is the name that the browser has bound the passkey to. `counter` is what the authenticator
-- counted when it was used last; many count nothing and stay at 0. `challenge_hash` is that of the
-- challenge that enrolled it, so that a lost answer can be asked for again.
create table rowlock.passkeys (
  passkey_id uuid not null,
  user_id uuid not null,
  credential_id bytea not null,
  public_key bytea not null,
  counter bigint not null,
  host text not null,
  name text not null,
  is_synced boolean not null,
  challenge_hash bytea not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint passkeys_pkey primary key (passkey_id),
  constraint passkeys_credential_unique unique (credential_id),
  constraint passkeys_user_fkey foreign key (user_id) references rowlock.users (user_id)
);

create index passkeys_user_idx on rowlock.passkeys (user_id);

-- Each is good once. session_id is the session that enrols a passkey with it; null is one to sign
-- in with, or to prove a second factor. Losing them in a crash costs another try.
create unlogged table rowlock.passkey_challenges (
  hash bytea not null,
  session_id uuid,
  expires_at timestamptz not null,
  constraint passkey_challenges_pkey primary key (hash)
);

create index passkey_challenges_expires_at_idx on rowlock.passkey_challenges (expires_at);

-- Recovery codes belong to the person, whichever factors they have.
alter table rowlock.recovery_codes
  drop constraint recovery_codes_factor_fkey,
  add constraint recovery_codes_user_fkey foreign key (user_id) references rowlock.users (user_id);

alter table rowlock.sessions
  drop constraint sessions_began_by_known,
  add constraint sessions_began_by_known check (began_by in ('password', 'link', 'passkey'));
