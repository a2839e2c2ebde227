-- Every seat of every show with its status, derived here and nowhere stored.
create or replace view rowlock.seat_statuses as
select
  show.show_id,
  show.key as show_key,
  seat.seat_no,
  seat.label,
  seat.section,
  seat.row_label,
  seat.number,
  seat.category,
  case
    when claim.until is null then 'available'
    when claim.booked_at is not null then 'booked'
    when claim.until = 'infinity' then 'blocked'
    else 'held'
  end as status,
  nullif(claim.until, 'infinity') as held_until,
  claim.hold_id
from rowlock.shows as show
join rowlock.policies as policy on policy.show_id = show.show_id
join rowlock.seats as seat
  on seat.plan_id = show.plan_id
  and seat.seat_no < policy.seat_count
left join rowlock.claims as claim
  on claim.show_id = show.show_id
  and claim.seat_no = seat.seat_no
  and claim.until > (select rowlock.clock());
