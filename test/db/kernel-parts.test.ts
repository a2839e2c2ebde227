/**
 * A sharded database has the kernel once for each shard, word for word, in a schema of its own.
 * Here it is put into another schema beside its tables, so that no Citus is needed.
 */
import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { test } from 'node:test'
import { dispatcherOf, ENTRY_POINTS } from '../../src/db/citus/entry-points.ts'
import { hashOfKernel, readKernelParts } from '../../src/db/citus/kernel-parts.ts'
import { command, useKernel } from '../support/kernel.ts'

const kernel = await useKernel('kernel parts')
const { owner } = kernel
await owner.query('set search_path = pg_catalog')

/** Copies the kernel as `make_kernel` does, with the tables themselves for shards. */
async function makeCopy(schema: string): Promise<void> {
  const parts = await readKernelParts(owner, ENTRY_POINTS)
  await owner.query(`create schema ${schema}; set check_function_bodies = off`)
  const { rows } = await owner.query<{ name: string }>(
    `select relname::text as name
     from pg_class
     where relnamespace = 'rowlock'::regnamespace and relkind = 'r'`,
  )
  for (const { name } of rows) {
    await owner.query(`create view ${schema}.${name} as select * from rowlock.${name}`)
  }
  for (const part of parts) await owner.query(part.replaceAll('@kernel', schema))
}

test('the kernel sells from another schema, and names nothing outside', async () => {
  await makeCopy('copy')
  const show = await kernel.createShow(10)
  const hold = command('hold', show, { seats: [0, 1] })
  const text = 'select copy.apply_at($1, $2) as answers, copy.check_show($1) as broken'
  const apply = async (batch: unknown[]) => await owner.query(text, [show, JSON.stringify(batch)])
  const { rows } = await apply([{ ...hold, n: 0 }])
  assert.equal(rows[0].answers[0].code, 'done')
  assert.deepEqual(rows[0].broken, [])
  const confirm = command('confirm', show, { hold_id: hold.hold_id, reference: randomUUID() })
  assert.equal((await apply([{ ...confirm, n: 0 }])).rows[0].answers[0].code, 'done')
  const { rows: read } = await owner.query('select copy.read_show($1, null) as seats', [show])
  assert.deepEqual(read[0].seats.changes.claims.seats, [0, 1])
  const { rows: outside } = await owner.query<{ name: string }>(
    `select distinct named[1] as name
     from pg_proc, regexp_matches(prosrc, 'rowlock\\.\\w+', 'g') as named
     where pronamespace = 'copy'::regnamespace
     order by 1`,
  )
  assert.deepEqual(
    outside.map(({ name }) => name),
    ['rowlock.clock', 'rowlock.is_ahead'],
  )
})

test('what Citus sends to nodes is there, with the show in front', async () => {
  for (const { signature } of ENTRY_POINTS) {
    const { rows } = await owner.query<{ first: string }>(
      'select proargnames[1] as first from pg_proc where oid = $1::regprocedure',
      [signature],
    )
    assert.match(rows[0]?.first ?? '', /^p_show(_id)?$/)
  }
})

test('the way to a kernel has the types of the function whose place it takes', async () => {
  const describe = `
    select proname, pg_get_function_arguments(oid), pg_get_function_result(oid), prosecdef
    from pg_proc
    where oid = any ($1::regprocedure[])
    order by 1`
  const signatures = ENTRY_POINTS.map(({ signature }) => signature)
  const { rows: before } = await owner.query(describe, [`{"${signatures.join('","')}"}`])
  await owner.query('begin; set local check_function_bodies = off')
  try {
    for (const point of ENTRY_POINTS) await owner.query(dispatcherOf(point, '00000000'))
    const { rows } = await owner.query(describe, [`{"${signatures.join('","')}"}`])
    assert.deepEqual(rows, before)
  } finally {
    await owner.query('rollback')
  }
})

test('another text, or another column, is another kernel', async () => {
  const parts = await readKernelParts(owner, ENTRY_POINTS)
  const hash = await hashOfKernel(owner, parts)
  assert.equal(await hashOfKernel(owner, parts), hash)
  assert.notEqual(await hashOfKernel(owner, [...parts, 'select 1']), hash)
  await owner.query('begin; alter table rowlock.policies add column word text')
  try {
    assert.notEqual(await hashOfKernel(owner, parts), hash)
  } finally {
    await owner.query('rollback')
  }
})
