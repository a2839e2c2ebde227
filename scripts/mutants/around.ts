import { codeMutant, foundBy, type Mutant, mutant } from './mutant.ts'

/** Mistakes in what the promises rest on besides the kernel: durability, one deadline, doubts. */
const DOUBTS: readonly Mutant[] = [
  codeMutant(
    'engine/lanes/apply',
    'a commit waits for the disk only if the database says so',
    'const isForDisk = isDurable && !isSharded',
    'const isForDisk = false',
    ['faults/durability'],
  ),
  codeMutant(
    'engine/lanes/apply',
    'a batch that another may go behind waits for the disk only if the database says so',
    'const APPLY_IN_TURN_DURABLY = inTurn(',
    'const APPLY_IN_TURN_DURABLY = ((_: string) => APPLY_IN_TURN)(',
    ['faults/durability'],
  ),
  codeMutant(
    'engine/lanes/apply',
    'a batch is done although the one ahead of it was not',
    "case\n        when $5::text is null or current_setting('rowlock.last_batch', true) = $5\n",
    'case\n        when $5::text is null or true\n',
    ['engine/batches-behind'],
  ),
  codeMutant(
    'engine/lanes/apply',
    'a batch counts as done although it passed a show over',
    "in applied.answers::text) > 0 then ''",
    "in applied.answers::text) < 0 then ''",
    ['engine/batches-behind'],
  ),
  codeMutant(
    'engine/lanes/line',
    'what comes back later goes ahead of what came back before',
    '.sort((a, b) => a.queuedAt - b.queuedAt)',
    '',
    ['engine/line'],
  ),
  codeMutant(
    'engine/lanes/bucket',
    'others go behind a show that waits alone for its lock',
    '      if (onlyShow !== null && lines.some(({ showId }) => showId !== onlyShow)) continue\n',
    '',
    ['engine/batches-behind'],
  ),
  codeMutant(
    'server/load/recent-look',
    'health waits for its turn in a crowd',
    'if (this.#last !== null && this.#isBehind())',
    'if (false)',
    ['server/overload'],
  ),
  codeMutant(
    'db/database-watch',
    'durability is looked at once, at start',
    'setInterval(() => void this.#look(), everyMs)',
    'setInterval(() => undefined, everyMs)',
    ['faults/durability'],
  ),
  codeMutant(
    'engine/lanes/lanes',
    'a lane has ten seconds of its own',
    'const deadlineAt = deadlineWithin(this.#settings.deadlineMs)',
    'const deadlineAt = performance.now() + this.#settings.deadlineMs',
    ['server/deadline'],
  ),
  codeMutant(
    'server/load/request-deadline',
    'a handler has ten seconds of its own',
    'withDeadline(request.deadlineAt + bodyMs(request, lag.latestMs), done, request.trace)',
    'withDeadline(Number.POSITIVE_INFINITY, done, request.trace)',
    ['server/deadline'],
  ),
  codeMutant(
    'server/load/request-deadline',
    'the wait before parsing counts nowhere',
    '(request.raw.arrivedAt ?? performance.now()) - lag.latestMs + withinMs',
    'performance.now() + withinMs',
    ['server/deadline'],
  ),
  codeMutant(
    'db/sqlstate',
    'a database that only reads leaves a doubt',
    "read_only: 'no',",
    "read_only: 'perhaps',",
    ['faults/known-failures'],
  ),
  codeMutant(
    'db/sqlstate',
    'a transaction that was limited leaves a doubt',
    "'25P04': 'refused'",
    "'25P04': 'lost'",
    ['faults/known-failures'],
  ),
  codeMutant(
    'db/sqlstate',
    'a file that cannot be opened is a bug of ours',
    "'fd.c', 'md.c',",
    "'fd.c',",
    ['faults/known-failures'],
  ),
  codeMutant(
    'engine/lanes/lane',
    'a known refusal is waited out',
    '      this.#refuseKnown(open, failure)\n',
    '',
    ['faults/known-failures'],
  ),
  codeMutant(
    'engine/lanes/lane',
    'a batch that takes too long is not halved',
    "if (failure.kind === 'timeout' && open.length > 1) {",
    'if (false) {',
    ['engine/lanes'],
  ),
  codeMutant(
    'engine/lanes/write-trial',
    'readiness believes reads',
    'if (!this.#health.isFailing) return true',
    'return true',
    ['faults/known-failures'],
  ),
  codeMutant(
    'engine/answers',
    'a repeated answer is as things are now',
    'isReplay ? Date.parse(entry.at) : now',
    'now',
    ['engine/replays'],
  ),
]

/** Mistakes in what sees history, the clock and the crowd. */
const WATCHES: readonly Mutant[] = [
  ...foundBy(
    ['db/history-violations'],
    [
      mutant(
        'history_violations',
        'who extends a hold that was over is not seen',
        'then p_booked_before is not null or p_until_before <= p_at or',
        'then p_booked_before is not null or',
      ),
      mutant(
        'history_violations',
        'a confirmed booking is confirmed again unseen',
        "when p_kind in ('confirm', 'release') then p_booked_before is not null or p_origin",
        "when p_kind in ('confirm', 'release') then p_origin",
      ),
    ],
  ),
  ...foundBy(
    ['engine/clock-ahead'],
    [
      mutant(
        '00_clock',
        'a clock that jumped is believed',
        "select p_clock > p_last + interval '1 minute' and",
        'select false and',
      ),
    ],
  ),
  codeMutant(
    'engine/lanes/show-lead',
    'nobody says that a show is ahead of the clock',
    'if (at - now > AHEAD_MS_MIN)',
    'if (false)',
    ['engine/ahead'],
  ),
  codeMutant(
    'server/load/shedding',
    'nobody is sent away',
    'if (lateMs <= LATE_MS_MAX[role]) return false',
    'return false',
    ['server/overload'],
  ),
  codeMutant(
    'server/load/shedding',
    'the box office is sent away like anybody',
    'box_office: Number.POSITIVE_INFINITY',
    'box_office: 150',
    ['server/overload'],
  ),
  codeMutant(
    'server/load/recent-look',
    'health tells what was seen long ago',
    'performance.now() - this.#last.at < this.#settings.ageMsMax',
    'true',
    ['server/overload'],
  ),
]

/** Mistakes in what webhooks are told, and in what it costs. */
const WEBHOOKS: readonly Mutant[] = [
  codeMutant(
    'feed/webhooks/event-pages',
    'a page is entered one event too late',
    'events.slice(index + 1)',
    'events.slice(index + 2)',
    ['feed/webhooks/sharing'],
  ),
  codeMutant(
    'feed/webhooks/event-pages',
    'each webhook reads for itself',
    'const kept = this.#find(showId, position)',
    'const kept = null as EventPage | null',
    ['feed/webhooks/sharing'],
  ),
  codeMutant(
    'feed/webhooks/round',
    'what the end of a server cuts off has failed',
    'isOver() && posted.status === null ? null : posted',
    'posted',
    ['feed/webhooks/sharing'],
  ),
  codeMutant(
    'feed/webhooks/sender',
    'an event that fails is passed over',
    'events[events.indexOf(next.ready) - 1]',
    'events[events.indexOf(next.ready)]',
    ['feed/webhooks/failures'],
  ),
  ...foundBy(
    ['feed/webhooks/event-costs'],
    [
      mutant(
        'event_expiries',
        'the first entry of a hold is looked for in the whole show',
        '          and begun.hold_id = entry.hold_id\n        order by begun.step\n',
        '          and begun.hold_id = entry.hold_id\n        order by begun.version\n',
      ),
      mutant(
        'event_expiries',
        'what came to a show is looked for in the whole show',
        '      order by one.version\n      limit p_limit\n    ) as entry\n    where entry.hold_id',
        '    ) as entry\n    where entry.hold_id',
      ),
    ],
  ),
]

/** All of these. */
export const AROUND: readonly Mutant[] = [...DOUBTS, ...WATCHES, ...WEBHOOKS]
