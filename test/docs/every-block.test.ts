/** Every block of code in README, guides and pages for operators is run, or says why not. */
import assert from 'node:assert/strict'
import { readdir, readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { blocksOf } from './blocks.ts'

const ROOT = new URL('../../', import.meta.url)

/** Test that runs the blocks of a language on a page, and how many there are. */
interface Run {
  readonly count: number
  readonly by: string
}
/** Blocks that no test runs. */
interface Unrun {
  readonly count: number
  readonly because: string
}

const COMMANDS = 'test/docs/commands.test.ts'
const GUIDES = 'test/docs/guides.test.ts'
const TYPES = 'test/docs/code.test.ts'
const BROWSER = 'test/browser/guide-blocks.test.ts'
const COMPONENTS = 'test/browser/seat-map-components.test.ts'
const FIRST = 'test/browser/first-integration.test.ts'
// What languages.test.ts runs.
const LANGUAGES = 'test/clients/runtimes.ts'
const FETCHED = 'it asks the package registry of another language'
const HEAVY = 'it measures for minutes, and its options are tested where they are read'

const ELSEWHERE = 'it takes a host that tests have not; test/cli/containers reads the files'

/** By page and language. */
const BLOCKS: Readonly<Record<string, Readonly<Record<string, readonly (Run | Unrun)[]>>>> = {
  'README.md': {
    sh: [
      { count: 8, by: COMMANDS },
      { count: 1, because: 'test/as-users/start.test.ts runs npm start, and npm ci was run' },
      { count: 1, because: 'test/as-users installs the packages from their files' },
      { count: 1, because: 'it runs all tests' },
      { count: 1, because: HEAVY },
    ],
    html: [{ count: 1, by: BROWSER }],
    ts: [{ count: 1, by: TYPES }],
  },
  'docs/guides/access.md': {
    js: [{ count: 1, because: 'test/browser/dashboard-passkeys.test.ts makes and uses one' }],
    sh: [{ count: 13, by: COMMANDS }],
    ts: [{ count: 1, by: TYPES }],
  },
  'docs/guides/assistants.md': {
    json: [{ count: 1, because: 'test/cli/mcp.test.ts starts the command as assistants do' }],
    sh: [{ count: 1, because: 'test/cli/people.test.ts makes such keys' }],
  },
  'docs/guides/change.md': { sh: [{ count: 5, by: GUIDES }] },
  'docs/guides/development.md': {
    sh: [{ count: 3, because: 'test/cli asks "rowlock dev" and its clock the same' }],
    json: [{ count: 1, because: 'the answer of that clock' }],
  },
  'docs/guides/find.md': { sh: [{ count: 2, by: GUIDES }] },
  'docs/guides/first-integration.md': {
    sh: [{ count: 6, by: FIRST }],
    js: [{ count: 1, by: FIRST }],
    text: [{ count: 1, because: 'what the shop prints' }],
  },
  'docs/guides/plans.md': {
    sh: [{ count: 2, by: GUIDES }],
    json: [{ count: 2, by: GUIDES }],
    csv: [{ count: 1, by: GUIDES }],
  },
  'docs/guides/php.md': {
    sh: [{ count: 1, because: FETCHED }],
    php: [{ count: 6, by: LANGUAGES }],
  },
  'docs/guides/python.md': {
    sh: [{ count: 1, because: FETCHED }],
    python: [{ count: 6, by: LANGUAGES }],
  },
  'docs/guides/realtime.md': { js: [{ count: 1, by: BROWSER }] },
  'docs/guides/reports.md': {
    sh: [{ count: 2, by: GUIDES }],
    ts: [{ count: 1, by: TYPES }],
  },
  'docs/guides/sdk.md': { ts: [{ count: 5, by: TYPES }] },
  'docs/guides/seat-map.md': {
    html: [{ count: 1, by: BROWSER }],
    js: [{ count: 1, by: BROWSER }],
    ts: [{ count: 1, by: TYPES }],
    tsx: [{ count: 1, by: COMPONENTS }],
    vue: [{ count: 1, by: COMPONENTS }],
  },
  'docs/guides/stress.md': {
    sh: [{ count: 3, by: 'test/as-users/stress-guide.test.ts' }],
    text: [{ count: 1, because: 'what one such evening said' }],
  },
  'docs/guides/upkeep.md': {
    sh: [{ count: 3, by: GUIDES }],
  },
  'docs/guides/verify.md': {
    sh: [{ count: 1, because: 'it plays for half an hour; test/verify plays for seconds' }],
  },
  'docs/guides/webhooks.md': {
    sh: [{ count: 4, by: GUIDES }],
    json: [{ count: 1, by: GUIDES }],
    ts: [{ count: 2, by: TYPES }],
    js: [{ count: 1, by: 'test/docs/receivers.test.ts' }],
  },
  'docs/operating/alerts.md': {
    sql: [{ count: 1, because: 'it only looks at PostgreSQL' }],
    sh: [{ count: 1, because: 'test/cli/webhooks.test.ts asks the same' }],
  },
  'docs/operating/capacity.md': {
    sh: [
      { count: 1, because: 'test/cli/capacity.test.ts asks the same' },
      { count: 1, because: 'its option is that of Node, and was measured by hand' },
    ],
  },
  'docs/operating/citus.md': {
    sh: [{ count: 1, because: 'test/citus asks the same, where there is Citus' }],
    sql: [{ count: 4, because: 'scripts/citus adds nodes and moves shards, where there is Citus' }],
  },
  'docs/operating/containers.md': { sh: [{ count: 3, because: ELSEWHERE }] },
  'docs/operating/failover.md': {
    sh: [
      { count: 1, because: 'a setting' },
      { count: 1, because: HEAVY },
    ],
    sql: [{ count: 1, because: 'it needs standbys: npm run failover has them' }],
    yaml: [{ count: 1, because: ELSEWHERE }],
  },
  'docs/operating/fly.md': { sh: [{ count: 1, because: ELSEWHERE }] },
  'docs/operating/heroku.md': { sh: [{ count: 1, because: ELSEWHERE }] },
  'docs/operating/kubernetes.md': { sh: [{ count: 2, because: ELSEWHERE }] },
  'docs/operating/restore.md': {
    sh: [{ count: 2, because: 'roles and checks of postgresql.md, by psql, which is not on npm' }],
    sql: [{ count: 1, because: 'it reads the journal of a restored database' }],
  },
  'docs/operating/systemd.md': { sh: [{ count: 2, because: ELSEWHERE }] },
  'docs/operating/tracing.md': {
    sh: [{ count: 1, because: 'test/cli/tracing.test.ts sets the same' }],
    dockerfile: [{ count: 1, because: ELSEWHERE }],
    ts: [{ count: 1, because: 'test/server/tracing.test.ts gives a server a tracer, too' }],
  },
  'docs/operating/costs.md': { sh: [{ count: 1, because: HEAVY }] },
  'docs/operating/postgresql.md': {
    sql: [{ count: 3, by: 'test/as-users/postgresql-guide.test.ts' }],
    sh: [{ count: 3, by: 'test/as-users/postgresql-guide.test.ts' }],
    ini: [{ count: 1, by: 'test/db/pgbouncer.test.ts' }],
  },
  'docs/operating/production.md': {
    sh: [
      { count: 5, by: COMMANDS },
      { count: 3, by: 'test/as-users/checklist.test.ts' },
      { count: 3, because: 'settings, and prune as the owner: test/cli/housekeeping prunes' },
    ],
    nginx: [{ count: 1, by: 'test/browser/recommended-proxy.test.ts' }],
  },
  'docs/benchmark.md': { sh: [{ count: 1, because: HEAVY }] },
}

const folders = ['docs/guides', 'docs/operating']
const pages = [
  'README.md',
  'docs/benchmark.md',
  ...(await Promise.all(folders.map(pagesIn))).flat(),
]

async function pagesIn(folder: string): Promise<string[]> {
  const names = await readdir(new URL(`${folder}/`, ROOT))
  return names.filter((name) => name.endsWith('.md')).map((name) => `${folder}/${name}`)
}

describe('the blocks of the documentation', () => {
  for (const page of pages) {
    it(`${page}: each is run, or says why not`, async () => {
      const counts: Record<string, number> = {}
      for (const { language } of await blocksOf(page)) {
        counts[language] = (counts[language] ?? 0) + 1
      }
      const told = Object.entries(BLOCKS[page] ?? {}).map(([language, runs]) => {
        return [language, runs.reduce((sum, { count }) => sum + count, 0)]
      })
      assert.deepEqual(counts, Object.fromEntries(told))
    })
  }

  it('is run by tests that read the page', async () => {
    for (const [page, languages] of Object.entries(BLOCKS)) {
      for (const run of Object.values(languages).flat()) {
        if (!('by' in run)) continue
        const text = await readFile(new URL(run.by, ROOT), 'utf8')
        const readsAll = run.by === TYPES || text.includes('checklistBlock()')
        assert.ok(readsAll || text.includes(page), `${run.by} does not read ${page}`)
      }
    }
  })
})
