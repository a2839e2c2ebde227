import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { it } from 'node:test'
import { sourceFiles } from '../tidy/rules/source-file.ts'

const CHECKLIST = readFileSync(
  new URL('../../docs/operating/production.md', import.meta.url),
  'utf8',
)

it('no page asks for what the checklist tells proxies to keep inside', () => {
  const [, names = ''] = /location ~ \^\/\(([\w|]+)\) \{ return 404/.exec(CHECKLIST) ?? []
  const hidden = names.split('|').filter(Boolean)
  assert.ok(hidden.includes('health') && hidden.includes('metrics'), names)
  const asked = sourceFiles(['web'], ['.ts', '.tsx']).flatMap(({ path, text }) =>
    hidden
      .filter((name) => new RegExp(`['"\`]/${name}\\b`).test(text))
      .map((name) => `${path}: /${name}`),
  )
  assert.deepEqual(asked, [])
})
