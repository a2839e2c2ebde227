-- Users as whoever may ask is told of them: whether there is a password, never its hash. Only
-- functions read it: what the server asks for, it asks for one user or one page at a time.
create or replace view rowlock.people_with_email as
select
  known.user_id,
  known.name,
  known.email,
  known.email_key,
  known.phone,
  known.role,
  known.password_hash is not null as has_password,
  known.email_verified_at is not null as email_verified,
  factor.has_app or factor.has_passkeys as second_factor,
  known.created_at,
  known.disabled_at,
  array_remove(
    array[
      case when factor.has_app then 'app' end,
      case when factor.has_passkeys then 'passkey' end
    ],
    null
  ) as second_factors
from rowlock.users as known
cross join lateral (
  select
    exists (
      select from rowlock.second_factors as app
      where app.user_id = known.user_id
        and app.confirmed_at is not null
    ) as has_app,
    exists (
      select from rowlock.passkeys as passkey
      where passkey.user_id = known.user_id
    ) as has_passkeys
) as factor;

-- For servers of the version before, which ask the view.
create or replace view rowlock.people as
select
  person.user_id,
  person.name,
  person.email,
  person.email_key,
  person.phone,
  person.role,
  person.has_password,
  person.created_at,
  person.disabled_at
from rowlock.people_with_email as person;

-- API keys with what may be seen of their secrets, newest first.
create or replace view rowlock.partner_keys as
select
  known.*,
  (
    select jsonb_agg(
      jsonb_build_object(
        'prefix', secret.prefix,
        'createdAt', rowlock.ms(secret.created_at),
        'expiresAt', rowlock.ms(secret.expires_at)
      )
      order by secret.expires_at desc nulls first, secret.created_at desc, secret.prefix
    )
    from rowlock.api_key_secrets as secret
    where secret.key_id = known.key_id
  ) as secrets
from rowlock.api_keys as known;
