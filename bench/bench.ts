/**
 * `npm run bench`: measures Rowlock on this machine, and says how far its goals are reached. Cases
 * take turns, round after round, so that whatever slows the machine for a while slows all of them.
 */
import { writeFile } from 'node:fs/promises'
import type { Case, Figure } from './case.ts'
import { apiCase } from './cases/api.ts'
import { bareCase } from './cases/bare.ts'
import { bestCase } from './cases/best.ts'
import { createShowsCase } from './cases/create-shows.ts'
import { engineCase } from './cases/engine.ts'
import { limitCase } from './cases/limit.ts'
import { memoryCase } from './cases/memory.ts'
import { oneSeatCase } from './cases/one-seat.ts'
import { openCase } from './cases/open.ts'
import { readsCase } from './cases/reads.ts'
import { scaleCase } from './cases/scale.ts'
import { startedCase } from './cases/started.ts'
import { judge } from './goals.ts'
import { commit, readConfiguration } from './machine.ts'
import { type Options, readOptions, USAGE } from './options.ts'
import { type Results, toJson, toMarkdown } from './report.ts'
import { Rounds } from './rounds.ts'
import { type World, withWorld } from './world.ts'

const CASES: readonly Case[] = [
  limitCase,
  engineCase,
  apiCase,
  oneSeatCase,
  bestCase,
  readsCase,
  createShowsCase,
  scaleCase,
  memoryCase,
  bareCase,
  openCase,
  startedCase,
]
const RESULTS = new URL('./results/', import.meta.url)

const options = readOptions(process.argv.slice(2))
if (options === null) console.log(USAGE)
else {
  const results = await withWorld(options, (world) => measure(world, options))
  console.log(`\n${toMarkdown(results)}`)
  if (options.isWritten) await write(results)
  const isMissed = results.verdicts.some(({ isMet }) => !isMet)
  if (options.isChecked && isMissed) process.exitCode = 1
  if (results.failures.length > 0) process.exitCode = 1
}

async function measure(world: World, { only, rounds: roundCount }: Options): Promise<Results> {
  const configuration = await readConfiguration(world)
  for (const [name, value] of Object.entries(configuration)) console.log(`${name}: ${value}`)
  const cases = CASES.filter(({ letter }) => only?.includes(letter) ?? true)
  const failures: string[] = []
  const attempt = async (what: string, work: () => Promise<void>) => {
    try {
      await work()
    } catch (error) {
      // What one case cannot measure, the others still can.
      failures.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
      console.error(`  FAILED`, error)
    }
  }
  for (const one of cases) {
    await attempt(`preparing ${one.letter}`, async () => one.prepare?.(world))
  }
  await world.age()
  const rounds = new Rounds()
  for (let round = 1; round <= roundCount; round++) {
    for (const one of cases) {
      if (round > (one.roundsMax ?? roundCount)) continue
      await world.checkpoint()
      console.log(`\nround ${round}, ${one.letter}: ${one.title}`)
      await attempt(`round ${round}, ${one.letter}`, async () => {
        for (const figure of await one.round(world)) {
          console.log(line(figure))
          rounds.add(figure)
        }
      })
    }
  }
  const at = new Date().toISOString()
  return { at, configuration, cases, rounds, verdicts: judge(rounds), failures }
}

function line({ label, unit, value, usage }: Figure): string {
  const used = usage
    ?.filter(({ memoryMb }) => memoryMb > 0)
    .map(({ group, cores }) => {
      return `${group} ${cores.toFixed(2)}`
    })
  const about = used ? `   cores: ${used.join(', ')}` : ''
  return `  ${value.toFixed(1).padStart(9)} ${unit.padEnd(11)} ${label}${about}`
}

async function write(results: Results): Promise<void> {
  const name = `${results.at.slice(0, 10)}-${commit().replaceAll(' ', '-')}`
  await writeFile(new URL(`${name}.json`, RESULTS), toJson(results))
  console.log(`Written to bench/results/${name}.json.`)
}
