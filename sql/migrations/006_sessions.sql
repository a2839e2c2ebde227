-- Access tokens are looked up by their hash like refresh tokens, so nothing in the database signs
-- anything any more. What was proven of an e-mail address is remembered.

-- A refresh token and the access token that was handed out with it are one pair. `successor` is the
-- refresh token that it gave; `replayed_at` says that a pair was handed out twice, in the grace of
-- the one before, so that two may have it; `revoked_at` that it gives no other any more.
alter table rowlock.refresh_tokens
  add column access_hash bytea,
  add column access_until timestamptz,
  add column successor bytea,
  add column replayed_at timestamptz,
  add column revoked_at timestamptz;

create unique index refresh_tokens_access_idx on rowlock.refresh_tokens (access_hash);

-- What somebody is told of a session, to know it again.
alter table rowlock.sessions add column agent text;

-- Whoever registers by themselves, or changes their e-mail, has proven nothing. The log of acts
-- says who was created by whom.
alter table rowlock.users add column email_verified_at timestamptz;

update rowlock.users as known
set email_verified_at = known.created_at
where known.email is not null
  and not exists (
    select
    from rowlock.audit_log as entry
    where entry.subject = 'user_' || replace(known.user_id::text, '-', '')
      and (
        (entry.action = 'createUser' and entry.actor like 'anonymous:%')
        or (entry.action = 'changeMe' and entry.details -> 'fields' ? 'email')
      )
  );

create index audit_log_subject_idx on rowlock.audit_log (subject, audit_id);

-- Rows to lock instead of names that anybody who may connect could lock, too.
create table rowlock.locks (
  name text not null,
  constraint locks_pkey primary key (name)
);

insert into rowlock.locks (name)
values ('operators'), ('signing_keys')
union all
select kind || ':' || n
from unnest(array['request', 'show']) as kind
cross join generate_series(0, 255) as n;
