import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { sourceFile, sourceFiles } from './rules/source-file.ts'
import { loudSql, openSearchPaths, otherClocks } from './rules/sql-functions.ts'

const WRITTEN = sourceFiles(['sql'], ['.sql']).filter(({ path }) => path !== 'sql/schema.sql')

describe('the SQL of the kernel', () => {
  it('sets the search path of every function', () => {
    assert.deepEqual(openSearchPaths(WRITTEN), [])
  })

  it('asks one clock', () => {
    assert.deepEqual(otherClocks(WRITTEN), [])
  })

  it('is written lower-case', () => {
    assert.deepEqual(loudSql(WRITTEN), [])
  })
})

describe('the rules of SQL can fail', () => {
  const one = (text: string) => [sourceFile('sql/functions/sell.sql', text)]
  const head = 'create or replace function rowlock.sell() returns int\nlanguage sql'

  it('on a function without a search path', () => {
    assert.deepEqual(openSearchPaths(one(`${head} volatile\nas $$\n  select a from seats\n$$;`)), [
      'sql/functions/sell.sql:1: rowlock.sell does not set search_path',
    ])
    const set = `${head}\nset search_path = rowlock, pg_temp\nas $$\n  select 1\n$$;`
    assert.deepEqual(openSearchPaths(one(set)), [])
  })

  it('on an immutable one that looks something up, but not on a small expression', () => {
    const immutable = `${head} immutable\nas $$\n  select `
    assert.equal(openSearchPaths(one(`${immutable}a from seats\n$$;`)).length, 1)
    assert.equal(openSearchPaths(one(`${immutable}extract(epoch from p_at)\n$$;`)).length, 0)
  })

  it('on a stable set that leaves open whose table it reads', () => {
    const set = (table: string) =>
      `create or replace function rowlock.sold(\n  p_at int\n) returns table (count bigint)
language sql stable\nas $$\n  select 1 from ${table} as seat\n$$;`
    assert.equal(openSearchPaths(one(set('seats'))).length, 1)
    assert.equal(openSearchPaths(one(set('rowlock.seats'))).length, 0)
  })

  it('on one that writes such a table, but not on a query that it names itself', () => {
    const given = (table: string) =>
      `${head}\nas $$\n  with given as (\n    delete from rowlock.claims\n  )
  select count(*) from ${table};\n$$;`
    assert.equal(openSearchPaths(one(given('seats'))).length, 1)
    assert.equal(openSearchPaths(one(given('given'))).length, 0)
  })

  for (const clock of ['now()', 'current_timestamp', 'clock_timestamp()', 'localtime']) {
    it(`on ${clock}`, () => {
      assert.equal(otherClocks(one(`  v_at := ${clock};`)).length, 1)
      assert.equal(otherClocks(one(`  -- not ${clock}`)).length, 0)
    })
  }

  it('on SQL in capitals', () => {
    assert.equal(loudSql(one('SELECT 1')).length, 1)
    assert.equal(loudSql(one("select 'SELECT'")).length, 0)
  })
})
