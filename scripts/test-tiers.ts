/**
 * `npm test`: every tier in turn, the quick ones first. Lint and types stop the run when they fail,
 * within seconds; a later tier that fails does not keep the others from running. The tests of
 * `node --test` come last, so that the run closes with their summary. What ran is written to
 * `test-output/tiers.txt`, too.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'

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

async function runTier({ script }: Tier): Promise<boolean> {
  // A line of text and no arguments apart: npm is a shell script on Windows.
  const child = spawn(`npm run --silent ${script}`, { stdio: 'inherit', shell: true })
  const [code] = await once(child, 'exit')
  return code === 0
}

function describeTier(tier: Tier, isGood: boolean, startedAt: number): string {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
  const mark = isGood ? 'ok    ' : 'FAILED'
  return `${mark} ${tier.script.padEnd(14)} ${seconds.padStart(7)} s  ${tier.about}`
}

const lines: string[] = []
const failed: string[] = []
for (const tier of TIERS) {
  if (tier === TIERS.at(-1)) console.log(`\n${lines.join('\n')}\n`)
  else console.log(`\n> ${tier.script}: ${tier.about}`)
  const startedAt = performance.now()
  const isGood = await runTier(tier)
  if (!isGood) failed.push(tier.script)
  lines.push(describeTier(tier, isGood, startedAt))
  if (!isGood && tier.isGate === true) break
}
await mkdir(OUTPUT, { recursive: true })
await writeFile(new URL('tiers.txt', OUTPUT), `${lines.join('\n')}\n`)
if (failed.length > 0) {
  console.error(`\n${lines.join('\n')}\n\nFailed: ${failed.join(', ')}`)
  process.exitCode = 1
}
