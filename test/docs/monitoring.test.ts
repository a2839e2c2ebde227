/** Test that what `deploy/` says about metrics is so: they exist, and alerts say what to do. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { useServer } from '../server/use-server.ts'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../', import.meta.url))
const METRIC = /\b(?:rowlock|nodejs|process)_[a-z0-9_]+\b/g
/** Names that Prometheus makes of a histogram. */
const PARTS = /_(bucket|sum|count)$/

const read = (path: string) => readFile(join(ROOT, path), 'utf8')

interface Rule {
  readonly alert: string
  readonly expr: string
  readonly labels: { readonly severity: string }
  readonly annotations: { readonly runbook_url: string }
}

const rules = (
  parse(await read('deploy/prometheus/rules.yml')).groups as { rules: Rule[] }[]
).flatMap((group) => group.rules)
const dashboard = JSON.parse(await read('deploy/grafana/rowlock.json')) as {
  panels: { targets?: { expr: string }[] }[]
}
const runbooks = await read('docs/operating/alerts.md')

/** The types of all metrics that a server with some history shows, by their names. */
async function metricsOfServer(): Promise<Map<string, string>> {
  const { asShopper, createShow } = await useServer('monitoring')
  const show = await createShow()
  await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
  await asShopper('POST', `/v1/shows/${show}/holds`, { seats: ['A1'] })
  const texts = await Promise.all(
    ['/metrics', '/metrics/shows'].map(async (url) => (await asShopper('GET', url)).text),
  )
  const types = [...texts.join('\n').matchAll(/^# TYPE (\S+) (\S+)/gm)]
  return new Map(types.map(([, name, type]) => [name as string, type as string]))
}

const known = await metricsOfServer()

function unknownIn(text: string): string[] {
  const named = [...text.matchAll(METRIC)].map(([name]) => name)
  return named.filter((name) => !known.has(name) && !known.has(name.replace(PARTS, '')))
}

describe('every metric exists', () => {
  test('that an alert names', () => {
    assert.ok(rules.length >= 15)
    for (const { alert, expr } of rules) {
      assert.deepEqual(unknownIn(expr), [], alert)
      assert.ok(expr.match(METRIC) !== null || expr.startsWith('up{'), alert)
    }
  })

  test('that the dashboard names', () => {
    const targets = dashboard.panels.flatMap(({ targets = [] }) => targets)
    assert.ok(targets.length >= 20)
    for (const { expr } of targets) {
      assert.deepEqual(unknownIn(expr), [])
      assert.ok(expr.match(METRIC) !== null, expr)
    }
  })

  test('that the page about alerts names', () => {
    // The login of the example is no metric.
    assert.deepEqual(unknownIn(runbooks.replaceAll('rowlock_login', '')), [])
  })

  test('and one that does not is found', () => {
    assert.deepEqual(unknownIn('rate(rowlock_engine_bathces_total[5m])'), [
      'rowlock_engine_bathces_total',
    ])
  })
})

test('a metric of ours is a counter if its name ends in total, and is in no odd unit', () => {
  const ours = [...known].filter(([name]) => name.startsWith('rowlock_'))
  for (const [name, type] of ours) {
    assert.equal(name.endsWith('_total'), type === 'counter', `${name} is a ${type}`)
    assert.doesNotMatch(name, /millis|micros|minutes|kilo|mega|percent/)
  }
})

test('every alert has a severity, and a paragraph of what to do', () => {
  for (const { alert, labels, annotations } of rules) {
    assert.ok(['page', 'ticket'].includes(labels.severity), alert)
    assert.equal(annotations.runbook_url, `docs/operating/alerts.md#${alert.toLowerCase()}`)
    assert.match(runbooks, new RegExp(`^## ${alert}$`, 'm'))
  }
  const headings = [...runbooks.matchAll(/^## (Rowlock\w+)$/gm)].map(([, name]) => name)
  assert.deepEqual(headings.sort(), rules.map(({ alert }) => alert).sort())
})

test('promtool accepts the rules, and their tests hold', async (t) => {
  const directory = join(ROOT, 'deploy/prometheus')
  try {
    await run('promtool', ['--version'])
  } catch {
    t.skip('promtool (of the package prometheus) is not installed here')
    return
  }
  await run('promtool', ['check', 'rules', 'rules.yml'], { cwd: directory })
  const { stdout } = await run('promtool', ['test', 'rules', 'rules.test.yml'], { cwd: directory })
  assert.match(stdout, /SUCCESS/)
})
