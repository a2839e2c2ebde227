-- Users as anybody who may ask is told of them: whether there is a password, never its hash.
create or replace view rowlock.people as
select
  known.user_id,
  known.name,
  known.email,
  known.email_key,
  known.phone,
  known.role,
  known.password_hash is not null as has_password,
  known.created_at,
  known.disabled_at
from rowlock.users as known;

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
