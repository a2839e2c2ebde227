import { foundBy, type Mutant, mutant } from './mutant.ts'

const of =
  (file: string) =>
  (name: string, find: string, replace: string): Mutant =>
    mutant(file, name, find, replace)

const before = of('webhooks_before')
const catalogue = of('webhook_catalogue')
const deliveries = of('webhook_deliveries')
const lags = of('webhook_lags')
const lone = of('webhook_lone_events')
const shows = of('webhook_shows')
const turns = of('webhook_turns')

const OWNED = '\n    and (p_owner is null or known.owner = p_owner)\n  for update;\n  if not found'

const CATALOGUE: readonly Mutant[] = [
  catalogue(
    'a retry is told the newest secret',
    '\n      and secret.request_id = p_request_id\n  ))',
    '\n    order by secret.created_at desc limit 1\n  ))',
  ),
  catalogue(
    'anybody changes a webhook whose id they know',
    `  select known.* into v_webhook
  from rowlock.webhooks as known
  where known.webhook_id = p_webhook_id
    and (p_owner is null or known.owner = p_owner)
`,
    `  select known.* into v_webhook
  from rowlock.webhooks as known
  where known.webhook_id = p_webhook_id
`,
  ),
  catalogue(
    'anybody deletes a webhook whose id they know',
    'where known.webhook_id = p_webhook_id\n    and (p_owner is null or known.owner = p_owner);',
    'where known.webhook_id = p_webhook_id;',
  ),
  before(
    'anybody deletes a webhook by a server of the version before',
    'p_actor, p_owner, p_webhook_id',
    'p_actor, null, p_webhook_id',
  ),
  catalogue(
    'a deletion is not remembered',
    `  return rowlock.keep_answer(
    p_request_id, p_fingerprint, jsonb_build_object('code', 'done', 'webhook', p_webhook)
  );`,
    "  return jsonb_build_object('code', 'done', 'webhook', p_webhook);",
  ),
  catalogue(
    'anybody gets a secret for a webhook whose id they know',
    `${OWNED} then
    return '{"code": "webhook_unknown"}';
  end if;
  delete from`,
    `
  for update;
  if not found then
    return '{"code": "webhook_unknown"}';
  end if;
  delete from`,
  ),
  catalogue(
    'anybody replays a webhook whose id they know',
    '\n    and (p_owner is null or known.owner = p_owner)\n  for key share;',
    '\n  for key share;',
  ),
  catalogue(
    'a webhook that is enabled waits for its next try',
    'set tries = 0, retry_at = rowlock.clock(), leased_by = null, leased_until = null\n',
    'set tries = 0\n',
  ),
  catalogue(
    'shows that came meanwhile are not looked at',
    '    set told_version = 0\n',
    '    set told_version = known.told_version\n',
  ),
  catalogue('a webhook that is enabled fails as long as before', ', failing_since = null\n', '\n'),
  catalogue(
    'a text that is taken away stays',
    "when p_changes ? 'description' then",
    "when p_changes ->> 'description' is not null then",
  ),
  catalogue(
    'why it was stopped is the last reason',
    '\n    and known.disabled_at is null;\n  if found',
    ';\n  if found',
  ),
  catalogue(
    'a longer overlap lengthens the life of a secret',
    'least(secret.expires_at, v_now + p_overlap)',
    'v_now + p_overlap',
  ),
  catalogue(
    'a replay leaves out the holds that ran out',
    'where expiry.show_id = p_show_id\n    and expiry.version <= p_after\n',
    'where expiry.show_id = p_show_id\n',
  ),
  catalogue(
    'a replay waits for something new',
    'set told_version = least(known.told_version, p_after)',
    'set told_version = known.told_version',
  ),
  catalogue(
    'that a webhook was replayed is not written down',
    "'replayWebhook',",
    "'changeWebhook',",
  ),
]

const TURNS: readonly Mutant[] = [
  turns(
    'whoever has no webhook looks for work',
    'if not exists (select from rowlock.webhooks as known where known.disabled_at is null) then',
    'if false then',
  ),
  turns(
    'a hold that runs out is no work',
    'where ending.until <= v_now\n      union',
    'where false\n      union',
  ),
  turns(
    'a try that is due is no work',
    'where cursor.retry_at <= v_now\n      union',
    'where false\n      union',
  ),
  turns(
    'a lease that ran out is no work',
    'where cursor.leased_until <= v_now\n      union',
    'where false\n      union',
  ),
  turns(
    'what ran out and was not told of is no work',
    '\n        or known.expiry_no > known.told_expiry_no\n',
    '\n',
  ),
  turns(
    'a webhook that waits is told all the same',
    '      and (cursor.retry_at is null or cursor.retry_at <= v_now)\n',
    '',
  ),
  turns(
    'two servers have one lease',
    '      and (cursor.leased_until is null or cursor.leased_until <= v_now)\n',
    '',
  ),
  turns(
    'a lease never ends',
    "set leased_by = p_server, leased_until = v_now + interval '30 seconds', retry_at = null",
    "set leased_by = p_server, leased_until = 'infinity', retry_at = null",
  ),
  turns(
    'a webhook is told of what it knows',
    'where (cursor.version < wanted.version or cursor.expiry_no < wanted.expiry_no)\n',
    'where true\n',
  ),
  turns(
    'a webhook is leased for another show',
    'where cursor.webhook_id = free.webhook_id\n      and cursor.show_id = free.show_id\n',
    'where cursor.webhook_id = free.webhook_id\n',
  ),
  turns(
    'a show that somebody else looks at is forgotten',
    'where asked.show_id <> all (v_show_ids)\n      or rowlock',
    'where asked.show_id = any (v_show_ids)\n      and rowlock',
  ),
  turns(
    'of many shows in which holds ran out some are forgotten',
    'v_more := v_more || v_due[c_expiring + 1:];',
    '',
  ),
  turns(
    'a new webhook is told of what ran out before it was made',
    'where known.show_id <> all (v_due)\n',
    'where true\n',
  ),
  turns(
    'a show in which holds ran out is told of nothing',
    'v_leases := v_leases || rowlock.lease_shows(v_due, p_server);',
    '',
  ),
  deliveries(
    'the oldest secret signs first',
    'order by secret.created_at desc)',
    'order by secret.created_at)',
  ),
  deliveries(
    'a secret signs for ever',
    '\n    and (secret.expires_at is null or secret.expires_at > rowlock.clock())\n',
    '\n',
  ),
  deliveries(
    'anybody sends test events to a webhook whose id they know',
    '\n    and (p_owner is null or known.owner = p_owner)\n$$;',
    '\n$$;',
  ),
]

const SETTLED: readonly Mutant[] = [
  deliveries(
    'a server settles what another one has by now',
    '    and cursor.leased_by = p_server\n  for update;',
    '  for update;',
  ),
  deliveries(
    'a webhook that was stopped is told on',
    'p_goes_on := p_goes_on and exists (',
    'p_goes_on := p_goes_on or not exists (',
  ),
  deliveries(
    'what is left before the end waits',
    '      ) then v_now\n    end,',
    '      ) then null\n    end,',
  ),
  deliveries(
    'one that arrived leaves the webhook failing',
    '\n      and known.failing_since is not null;',
    '\n      and known.failing_since is null;',
  ),
  deliveries(
    'tries are counted on after one arrived',
    '    v_cursor.tries := 0;\n  end if;',
    '  end if;',
  ),
  deliveries(
    'what arrived at last is waiting on',
    "set state = 'delivered', tries = attempt.tries + 1, at = v_now",
    'set at = v_now',
  ),
  deliveries(
    'one event holds all others back',
    'if p_cursor.tries <= 2 then',
    'if p_cursor.tries <= 200 then',
  ),
  deliveries(
    'an event has one try less in its place',
    'if p_cursor.tries <= 2 then',
    'if p_cursor.tries < 2 then',
  ),
  deliveries(
    'an event that goes on alone is told in its place, too',
    "p_cursor.version := greatest(p_cursor.version, (p_failure ->> 'version')::bigint);",
    'p_cursor.version := p_cursor.version;',
  ),
  deliveries(
    'the receiver’s wish to wait is not heard',
    `v_pause := greatest(
    rowlock.retry_pause(p_cursor.tries),`,
    `v_pause := least(
    rowlock.retry_pause(p_cursor.tries),`,
  ),
  deliveries('every failure is the first', 'coalesce(known.failing_since, v_now)', 'v_now'),
  deliveries(
    'a receiver that has gone is tried on',
    "if (p_failure ->> 'isGone')::boolean then",
    'if false then',
  ),
  deliveries(
    'five days of failures go on',
    "v_since < v_now - interval '5 days'",
    "v_since < v_now - interval '50 days'",
  ),
  deliveries('answers are kept in full', 'left(told.answer, 1000)', 'told.answer'),
]

const LAGS: readonly Mutant[] = [
  lags(
    'a webhook is as late as its newest event',
    'min(waiting.at) as since',
    'max(waiting.at) as since',
  ),
  lags('a webhook that was stopped is late', '\n        and known.disabled_at is null\n', '\n'),
  lags('what is under way is not late', 'where cursor.leased_until is not null\n', 'where false\n'),
  lags(
    'what waits for its next try is not late',
    'where cursor.retry_at is not null\n',
    'where false\n',
  ),
  lags('what goes on alone is not late', 'where attempt.next_at is not null\n', 'where false\n'),
  lags(
    'a webhook is late by what it was told last',
    'cursor.version + 1 as version',
    'cursor.version as version',
  ),
  lags('holds that ran out are not late', 'and expiry.expiry_no = told.expiry_no\n', 'and false\n'),
  lags(
    'those that are least late come first',
    'order by since\n      limit',
    'order by since desc\n      limit',
  ),
  mutant(
    'event_expiries',
    'events of other shows are late',
    'where told.show_id = p_show_id\n      and told.version between',
    'where told.version between',
  ),
]

const LONE: readonly Mutant[] = [
  lone('a pause too few', '57600, 72000, 86400', '57600, 72000'),
  lone('the pauses are those of one try later', '[p_tries] as pause', '[p_tries + 1] as pause'),
  lone(
    'what is not due is sent',
    'where attempt.next_at <= v_now\n',
    'where attempt.next_at is not null\n',
  ),
  lone(
    'webhooks that were stopped are sent on',
    '\n      and known.disabled_at is null\n    where attempt',
    '\n    where attempt',
  ),
  lone(
    'the one that has waited least comes first',
    'order by attempt.next_at\n',
    'order by attempt.next_at desc\n',
  ),
  lone(
    'two servers send one event',
    "set next_at = v_now + interval '1 minute'",
    'set next_at = attempt.next_at',
  ),
  lone(
    'a try is not counted',
    'select attempt.tries + 1 into v_tries',
    'select attempt.tries into v_tries',
  ),
  lone(
    'an event is tried for ever',
    "case when v_pause is null then 'failed' else 'waiting' end",
    "'waiting'",
  ),
  lone('the receiver’s wish to wait is not heard', 'greatest(v_pause, v_asked) end', 'v_pause end'),
  lone(
    'a webhook is failing although one arrived',
    '    set failing_since = null\n',
    '    set failing_since = known.failing_since\n',
  ),
  lone('nobody says that it fails', '  perform rowlock.note_failure(p_webhook_id, p_event);\n', ''),
]

const SHOWS: readonly Mutant[] = [
  shows('webhooks that were stopped are told', 'on known.disabled_at is null\n    and', 'on'),
  shows(
    'a webhook is told of all shows',
    '\n    and (known.shows is null or show.key = any (known.shows))\n',
    '\n',
  ),
  shows(
    'the webhook of a revoked key is told',
    '        key.revoked_at is null\n        and',
    '       ',
  ),
  shows(
    'the webhook of a key that has ended is told',
    '        and (key.expires_at is null or key.expires_at > rowlock.clock())\n',
    '',
  ),
  shows(
    'the webhook of a key for other shows is told',
    '\n        and (key.shows is null or show.key = any (key.shows))\n',
    '\n',
  ),
  shows(
    'every webhook is told whose a hold is',
    "known.owner is null or 'journal' = any (key.scopes)",
    'true',
  ),
  shows(
    'a webhook is told of what was before it',
    'v_version := (\n      select entry.version\n',
    'v_version := (\n      select null::bigint\n',
  ),
  shows(
    'a webhook is not told of what came before its first turn',
    '        and entry.at < v_wanted.created_at\n',
    '',
  ),
  shows(
    'a webhook is told of holds that ran out before it',
    'and expiry.until < v_wanted.created_at\n',
    'and false\n',
  ),
]

/** Mistakes in what webhooks are told, when, and by whom. */
export const WEBHOOKS: readonly Mutant[] = foundBy(
  [
    'feed/webhooks/rules',
    'feed/webhooks/lone-events',
    'feed/webhooks/deleted',
    'feed/webhooks/many-shows',
  ],
  [...CATALOGUE, ...TURNS, ...SETTLED, ...LAGS, ...LONE, ...SHOWS],
)
