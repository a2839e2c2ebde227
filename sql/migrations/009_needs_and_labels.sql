-- Best seats know companions' seats and restricted views; labels are found whatever nobody can see.

-- Seats that somebody needs, or that are given late, are parts of a plan like sections: kind
-- 'need', key 'companion' or 'restricted'.
alter table rowlock.plan_parts drop constraint plan_parts_kind_known;
alter table rowlock.plan_parts add constraint plan_parts_kind_known check (
  kind in ('section', 'category', 'need')
);

insert into rowlock.plan_parts (plan_id, kind, key, standing, seats)
select part.plan_id, 'need', part.key, false, part.seats
from (
  select seat.plan_id, named.key,
    string_agg(named.is_part::int::text, '' order by seat.seat_no)::bit varying as seats
  from rowlock.seats as seat
  cross join lateral (
    values
      ('companion', seat.companion),
      ('restricted', seat.restricted_view and not seat.companion)
  ) as named (key, is_part)
  where exists (
    select
    from rowlock.seats as needed
    where needed.plan_id = seat.plan_id
      and (needed.companion or needed.restricted_view)
  )
  group by seat.plan_id, named.key
) as part
where bit_count(part.seats) > 0
on conflict do nothing;

-- Keys of seats as they are made from now on: without what draws nothing, composed after capitals,
-- and with one letter for all scripts that write it alike (src/protocol/labels.ts). Only those that
-- come out otherwise are written; where two seats of a plan come to one key, which they did not
-- before, the first has it and the others are found by their exact labels.
create temporary table rowlock_new_keys on commit drop as
select distinct on (made.plan_id, made.key) made.*
from (
  select seat.plan_id, seat.seat_no, seat.key as old_key, btrim(regexp_replace(translate(
    normalize(upper(normalize(regexp_replace(
      seat.key,
      '[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f'
        || '\u200b-\u200f'
        || '\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb'
        || '\U0001BCA0-\U0001BCA3\U0001D173-\U0001D17A\U000E0000-\U000E0FFF]',
      '', 'g'
    ), nfkc)), nfkc),
    'АВСЕНІЈКМОРЅТХУԚԜΑΒΕΖΗΙΚΜΝΟΡΤΥΧ‐‑‒–—―−⁃﹘',
    'ABCEHIJKMOPSTXYQWABEZHIKMNOPTYX---------'
  ), '\s+', ' ', 'g')) as key
  from rowlock.seats as seat
  where seat.key ~ '[^\u0001-\u007f]'
) as made
where made.key <> made.old_key
  and made.key <> ''
  and not exists (
    select
    from rowlock.seats as other
    where other.plan_id = made.plan_id
      and other.key = made.key
  )
order by made.plan_id, made.key, made.seat_no;

update rowlock.seats as seat
set key = made.key
from pg_temp.rowlock_new_keys as made
where seat.plan_id = made.plan_id
  and seat.seat_no = made.seat_no;
