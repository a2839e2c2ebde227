-- Last guards against our own mistakes. They cost nothing where nothing is wrong: one fires once a
-- statement, the other only for seats that are booked.
create or replace function rowlock.forbid() returns trigger
language plpgsql
set search_path = rowlock, pg_temp
as $$
begin
  raise exception using
    errcode = 'integrity_constraint_violation',
    message = format('rowlock.%s: %s', tg_table_name, tg_argv[0]);
end
$$;

create or replace trigger journal_append_only
  before update or delete or truncate on rowlock.journal
  for each statement
  execute function rowlock.forbid('the journal is append-only');

create or replace trigger claims_bookings_stay
  after update on rowlock.claims
  for each row
  when (old.booked_at is not null)
  execute function rowlock.forbid('a booked seat changes hands only by cancel or swap');
