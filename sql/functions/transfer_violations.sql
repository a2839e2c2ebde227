-- Transfers that did not come from a booking: the whole of it, sold when it was sold; or seats that
-- a booking gave for it in the entry before. Part of violations().
create or replace function rowlock.transfer_violations(p_show_id bigint)
returns table (promise int, rule text, detail text)
language sql stable
set search_path = rowlock, pg_temp
as $$
  select 9, 'what is handed on comes from a booking',
    format('entry %s of %s', handed.version, handed.hold_id)
  from rowlock.journal as handed
  left join rowlock.journal as former
    on former.show_id = handed.show_id
    and case
      when handed.step > 0
        then former.hold_id = handed.hold_id and former.step = handed.step - 1
      else former.version = handed.version - 1 and former.kind = 'transfer'
    end
  where handed.show_id = p_show_id
    and handed.kind = 'transfer'
    and (
      former.booked_at is null
      or former.booked_at is distinct from handed.booked_at
      or handed.step = 0 and not (
        former.freed @> handed.seats and handed.seats @> former.freed
      )
    )
$$;
