/**
 * Test that commands of one batch cost each other nothing: what is looked at is counted, not time,
 * so that a busy machine changes nothing.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command, CommandKind } from '../../src/engine/lanes/command.ts'
import { command, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('batch costs')
const session = await kernel.session()
const BOX_OFFICE = { box_office: true }
const KINDS = [
  'hold',
  'confirm',
  'release',
  'extend',
  'book',
  'cancel',
  'swap',
  'block',
  'unblock',
  'change',
] as const satisfies readonly CommandKind[]
/** Kind of the command that has to come before. */
const BEGINNING = {
  confirm: 'hold',
  release: 'hold',
  extend: 'hold',
  change: 'hold',
  cancel: 'book',
  swap: 'book',
  unblock: 'block',
} as const satisfies Partial<Record<CommandKind, CommandKind>>

/** Sends a batch, and counts the scans that it takes, and the rows and index entries it reads. */
async function costOf(...batch: readonly Command[]): Promise<number> {
  await session.begin()
  const before = await looks()
  const outcomes = await session.apply(...batch)
  const after = await looks()
  await session.commit()
  for (const { n, code } of outcomes) assert.equal(code, 'done', batch[n]?.kind)
  return after - before
}

async function looks(): Promise<number> {
  const { rows } = await session.client.query<{ count: number }>(
    `select sum(
       pg_stat_get_xact_numscans(c.oid)
       + pg_stat_get_xact_tuples_returned(c.oid)
       + pg_stat_get_xact_tuples_fetched(c.oid)
     )::int as count
     from pg_class as c
     where c.relnamespace = 'rowlock'::regnamespace`,
  )
  return rows[0]?.count as number
}

/** A command of that kind which will be done, about seats from `first` on. */
async function possible(kind: CommandKind, showId: number, first: number): Promise<Command> {
  const seats = [first, first + 1]
  const beginning = BEGINNING[kind as keyof typeof BEGINNING]
  if (beginning === undefined) return command(kind, showId, { ...BOX_OFFICE, seats })
  // Short, so that an extension always finds something to do.
  const begun = command(beginning, showId, { ...BOX_OFFICE, seats, hold_seconds: 60 })
  await session.one(begun)
  const { hold_id } = begun
  const moves = kind === 'swap' || kind === 'change'
  return command(kind, showId, {
    ...BOX_OFFICE,
    hold_id,
    ...(moves && { to_seats: [first + 1, first + 2] }),
  })
}

for (const where of ['one show', 'two shows']) {
  test(`a batch about ${where} looks at no more than its commands alone`, async () => {
    const seatCount = KINDS.length * 12
    for (const one of KINDS) {
      const show = await kernel.createShow(seatCount)
      const other = where === 'one show' ? show : await kernel.createShow(seatCount)
      for (const [n, another] of KINDS.entries()) {
        const first = 12 * n
        const apart =
          (await costOf(await possible(one, show, first))) +
          (await costOf(await possible(another, other, first + 3)))
        const together = await costOf(
          await possible(one, show, first + 6),
          await possible(another, other, first + 9),
        )
        assert.ok(together <= apart, `${one} and ${another}: ${together}, and ${apart} apart`)
      }
    }
  })
}
