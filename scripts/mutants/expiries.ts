import { foundBy, type Mutant, mutant } from './mutant.ts'

const expiries = (name: string, find: string, replace: string): Mutant =>
  mutant('event_expiries', name, find, replace)

/** Mistakes in which holds run out, and in what is told of a show after a position. */
export const EXPIRIES: readonly Mutant[] = foundBy(
  [
    'feed/webhooks/expiries',
    'feed/webhooks/rules',
    'feed/webhooks/positions',
    'feed/webhooks/left',
  ],
  [
    expiries(
      'a hold that was released runs out',
      '      and not newest.is_live\n',
      '      and false\n',
    ),
    expiries(
      'the first end of a hold counts',
      'set until = excluded.until;',
      'set until = ending.until;',
    ),
    expiries('a hold ends once more with what is left of it', '\n    and newest.is_ahead\n', '\n'),
    expiries('a block runs out', "entry.until < 'infinity' and ", ''),
    expiries(
      'a hold that was extended meanwhile runs out',
      `  while rowlock.note_ends(p_show_id) loop
    null;
  end loop;
`,
      '',
    ),
    expiries(
      'a hold runs out too early',
      'and ending.until <= v_now\n    order by',
      "and ending.until <= v_now + interval '9 s'\n    order by",
    ),
    expiries(
      'the first that ends has no number',
      'p_show_id, v_before + due.ordinality,',
      'p_show_id, v_before + due.ordinality - 1,',
    ),
    expiries(
      'holds that end at once have any order',
      'order by ending.until, ending.hold_id\n',
      'order by ending.until desc, ending.hold_id\n',
    ),
    expiries(
      'a page begins with the last of the one before',
      'and one.version > p_version\n',
      'and one.version >= p_version\n',
    ),
    expiries(
      'a page begins with the last that ran out before',
      'and one.expiry_no > p_expiry_no\n',
      'and one.expiry_no >= p_expiry_no\n',
    ),
    expiries(
      'the owner from long ago is told of a transfer',
      'and former.step = entry.step - 1\n',
      'and former.step = 0\n',
    ),
    expiries(
      'a transfer within one account leaves it',
      '\n              and former.owner is distinct from entry.owner\n',
      '\n',
    ),
  ],
)
