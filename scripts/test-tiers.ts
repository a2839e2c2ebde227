/**
 * `npm test`: every tier in turn, the quick ones first. Lint and types stop the run when they fail,
 * within seconds; a later tier that fails does not keep the others from running. The tests of
 * `node --test` come last, so that the run closes with their summary. What ran is written to
 * `test-output/tiers.txt`, and how each failed tier ended to `test-output/failures.txt`: a log that
 * was cut still tells why at its end. Random tests make the same choices each time, so that a run
 * judges a change and not chance; `npm run test:random` makes others.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

interface Tier {
  /** The npm script. */
  readonly script: string
  readonly about: string
  /** Nothing else is worth running when it fails. */
  readonly isGate?: boolean
}

const TIERS: readonly Tier[] = [
  { script: 'lint', about: 'format and lint', isGate: true },
  { script: 'typecheck', about: 'types', isGate: true },
  { script: 'schema:check', about: 'sql/schema.sql is what sql/ gives' },
  { script: 'openapi:check', about: 'openapi.json is what the routes describe' },
  { script: 'test:features', about: 'features in Gherkin, over HTTP' },
  { script: 'test:as-users', about: 'container, package, proxy and screens, as users have them' },
  { script: 'test:unit', about: 'tests of node --test' },
]

const OUTPUT = new URL('../test-output/', import.meta.url)
/** Modules as they were compiled, for 300 processes that load much the same: half of a start. */
const COMPILED = fileURLToPath(new URL('../node_modules/.cache/rowlock-compiled', import.meta.url))

/** Characters kept of a tier's output. */
const KEPT = 200_000
/** The mark behind which the reporter of `node --test` lists what failed. */
const FAILING = '✖ failing tests:'
/** Lines told again of a tier that failed. */
const TOLD_AGAIN = 60

/** Runs a tier. Returns whether it passed, and the end of what it printed. */
async function runTier({ script }: Tier): Promise<{ isGood: boolean; end: string }> {
  // A line of text and no arguments apart: npm is a shell script on Windows.
  const child = spawn(`npm run --silent ${script}`, {
    stdio: ['inherit', 'pipe', 'pipe'],
    shell: true,
    env: {
      ROWLOCK_TEST_SEED: '1',
      NODE_COMPILE_CACHE: COMPILED,
      ...process.env,
      ...(process.stdout.isTTY ? { FORCE_COLOR: '1' } : {}),
    },
  })
  let end = ''
  for (const [from, to] of [
    [child.stdout, process.stdout],
    [child.stderr, process.stderr],
  ] as const) {
    from.setEncoding('utf8')
    from.on('data', (text: string) => {
      to.write(text)
      end = (end + text).slice(-KEPT)
    })
  }
  const [code] = await once(child, 'close')
  return { isGood: code === 0, end }
}

/** The lines of a failed tier's end that say what failed: all names first, then why. */
function whatFailed(end: string): string {
  const from = end.lastIndexOf(FAILING)
  if (from === -1) return end.trimEnd().split('\n').slice(-TOLD_AGAIN).join('\n')
  const lines = end.slice(from).trimEnd().split('\n').slice(1)
  const names = lines.filter((line) => line.startsWith('✖'))
  return [...names, ...lines].slice(0, TOLD_AGAIN).join('\n')
}

function describeTier(tier: Tier, isGood: boolean, startedAt: number): string {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const mark = isGood ? 'ok    ' : 'FAILED'
  return `${mark} ${tier.script.padEnd(14)} ${seconds.padStart(7)} s  ${tier.about}`
}

const lines: string[] = []
const failed: string[] = []
const failures: string[] = []
for (const tier of TIERS) {
  if (tier === TIERS.at(-1)) console.log(`\n${lines.join('\n')}\n`)
  else console.log(`\n> ${tier.script}: ${tier.about}`)
  const startedAt = performance.now()
  const { isGood, end } = await runTier(tier)
  if (!isGood) {
    failed.push(tier.script)
    failures.push(`${tier.script}:\n${whatFailed(end)}\n`)
  }
  lines.push(describeTier(tier, isGood, startedAt))
  if (!isGood && tier.isGate === true) break
}
await mkdir(OUTPUT, { recursive: true })
await writeFile(new URL('tiers.txt', OUTPUT), `${lines.join('\n')}\n`)
await writeFile(new URL('failures.txt', OUTPUT), failures.join('\n'))
if (failed.length > 0) {
  console.error(`\n${failures.join('\n')}\n${lines.join('\n')}\n\nFailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
