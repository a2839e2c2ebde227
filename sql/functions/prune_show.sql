-- Deletes what no longer counts, for size only: claims that ran out, and remembered refusals and
-- catalogue answers older than p_keep. Nothing anybody can see changes, not even when the clock
-- jumps back by less than p_keep: a claim stays until then, or until an entry of its show is
-- younger than its end, so that no clock can bring the hold to life without its claims.
-- Answers {"claims", "refusals"}: how many rows went.
create or replace function rowlock.prune_show(p_show_id bigint, p_keep interval)
returns jsonb
language plpgsql
security definer
set search_path = rowlock, pg_temp
as $$
declare
  v_now timestamptz;
  v_last timestamptz;
  v_claims bigint;
  v_refusals bigint;
begin
  perform
  from rowlock.policies as policy
  where policy.show_id = p_show_id
  for update;
  v_now := rowlock.show_time(p_show_id);
  select entry.at into v_last
  from rowlock.journal as entry
  where entry.show_id = p_show_id
  order by entry.version desc
  limit 1;
  delete from rowlock.claims as claim
  where claim.show_id = p_show_id
    and claim.until <= greatest(v_last, v_now - p_keep);
  get diagnostics v_claims = row_count;
  delete from rowlock.refusals as refusal
  where refusal.show_id = p_show_id
    and refusal.at < v_now - p_keep;
  get diagnostics v_refusals = row_count;
  perform rowlock.prune_tallies(p_show_id, greatest(v_last, v_now - p_keep));
  return jsonb_build_object('claims', v_claims, 'refusals', v_refusals);
end
$$;

-- Tallies of those who had nothing any more at p_before, nor began anything since: there is one for
-- everybody who ever held a seat of the show, and an address is anybody.
create or replace function rowlock.prune_tallies(p_show_id bigint, p_before timestamptz)
returns void
language sql volatile
set search_path = rowlock, pg_temp
as $$
  delete from rowlock.tallies as tally
  where tally.show_id = p_show_id
    and tally.begun_at < p_before - interval '1 hour'
    and not exists (
      select
      from unnest(tally.hold_ids) as listed (hold_id)
      cross join lateral (
        select entry.until, entry.booked_at
        from rowlock.journal as entry
        where entry.show_id = p_show_id
          and entry.hold_id = listed.hold_id
        order by entry.step desc
        limit 1
      ) as newest
      where newest.until > p_before
        and (newest.booked_at is null or tally.who like 'holder %')
    )
$$;

create or replace function rowlock.prune_requests(p_keep interval) returns bigint
language sql volatile
security definer
set search_path = rowlock, pg_temp
as $$
  with gone as (
    delete from rowlock.requests as request
    where request.at < rowlock.clock() - p_keep
    returning 1
  )
  select count(*) from gone
$$;
