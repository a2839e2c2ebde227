-- A second factor: codes that change every half minute (RFC 6238), and recovery codes for whoever
-- has lost what shows them.

-- `last_step` is the step of the last code that was used: each is good once.
create table rowlock.second_factors (
  user_id uuid not null,
  secret bytea not null,
  created_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint,
  constraint second_factors_pkey primary key (user_id),
  constraint second_factors_user_fkey foreign key (user_id) references rowlock.users (user_id)
);

create table rowlock.recovery_codes (
  hash bytea not null,
  user_id uuid not null,
  created_at timestamptz not null,
  used_at timestamptz,
  constraint recovery_codes_pkey primary key (user_id, hash),
  constraint recovery_codes_factor_fkey foreign key (user_id)
    references rowlock.second_factors (user_id) on delete cascade
);
