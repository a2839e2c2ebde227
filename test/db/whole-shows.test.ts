/** A show that is deleted, or a plan that is copied, in every table that has rows of it. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { connectClient } from '../../src/db/connection.ts'
import { useTestDatabase } from '../support/database.ts'

const database = await useTestDatabase('whole shows')
const owner = await connectClient(database.owner)
after(() => owner.end())

async function tablesWith(column: string): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select table_name as name
     from information_schema.columns
     join information_schema.tables using (table_schema, table_name)
     where table_schema = 'rowlock' and table_type = 'BASE TABLE' and column_name = $1
     order by 1`,
    [column],
  )
  return rows.map(({ name }) => name)
}

async function mentionedIn(routine: string, pattern: RegExp): Promise<Set<string>> {
  const { rows } = await owner.query<{ text: string }>(
    'select pg_get_functiondef(to_regproc($1)) as text',
    [routine],
  )
  return new Set([...String(rows[0]?.text).matchAll(pattern)].map(([, name = '']) => name))
}

test('a show is deleted from every table but the journal, which only grows', async () => {
  const emptied = await mentionedIn('rowlock.delete_rows_of_show', /delete from rowlock\.(\w+)/g)
  const left = (await tablesWith('show_id')).filter((name) => !emptied.has(name))
  assert.deepEqual(left, ['journal'])
})

test('a plan is copied to, and deleted from, every table', async () => {
  const tables = await tablesWith('plan_id')
  const copied = await mentionedIn('rowlock.copy_plan', /insert into rowlock\.(\w+)/g)
  assert.deepEqual(
    tables.filter((name) => !copied.has(name)),
    ['shows'],
  )
  const emptied = await mentionedIn('rowlock.delete_rows_of_show', /delete from rowlock\.(\w+)/g)
  assert.deepEqual(
    tables.filter((name) => !emptied.has(name)),
    [],
  )
})
