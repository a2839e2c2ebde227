-- What a chain is when it is no live hold, from its last entry; null when it is one.
-- First match wins: hold_unknown, hold_confirmed, hold_released, hold_expired.
create or replace function rowlock.hold_refusal(p_hold rowlock.journal, p_now timestamptz)
returns text
language sql immutable
as $$
  select case
    when (p_hold).kind is null or (p_hold).kind in ('block', 'unblock') then 'hold_unknown'
    when (p_hold).booked_at is not null then 'hold_confirmed'
    when (p_hold).kind = 'release' and (p_hold).seats = '{}' then 'hold_released'
    when (p_hold).until <= p_now then 'hold_expired'
  end
$$;
