/**
 * Test that commands of one batch cost each other nothing: what is looked at is counted, not time,
 * so that a busy machine changes nothing.
 */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Command, CommandKind } from '../../src/engine/lanes/command.ts'
import { command, useKernel } from '../support/kernel.ts'
import { readsOf } from '../support/reads.ts'

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

/** Scans of a batch, and what they read. */
async function costOf(...batch: readonly Command[]): Promise<number> {
  const { scans, rows } = await readsOf(session, ...batch)
  return scans + rows
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
