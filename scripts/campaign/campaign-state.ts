import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { emptyTotals, type Totals } from '../../verify/index.ts'
import { codeDigest } from './code-digest.ts'
import { type DisturbanceCounts, noDisturbances } from './disturbances.ts'

/** Findings and figures of a campaign so far, over all its starts. */
export interface CampaignState {
  /** Digest of the code that all of it is of. */
  readonly code: string
  readonly totals: Totals
  readonly done: DisturbanceCounts
  /** Times that it was started; `seconds` is for how long it ran. */
  readonly starts: number
  readonly seconds: number
  /** Findings of `rowlock check` at the end of each start. */
  readonly broken: readonly object[]
}

/** Refusal to add up figures of different code. */
export class OtherCode extends Error {
  override readonly name = 'OtherCode'
}

const FILE = 'campaign.json'

/** Goes on where a campaign stopped, or begins one. Throws `OtherCode`. */
export async function openState(directory: string, seed: string): Promise<CampaignState> {
  await mkdir(directory, { recursive: true })
  const code = await codeDigest()
  const text = await readFile(join(directory, FILE), 'utf8').catch(() => null)
  if (text === null) {
    const done = noDisturbances()
    return { code, totals: emptyTotals(seed), done, starts: 0, seconds: 0, broken: [] }
  }
  const state = JSON.parse(text) as CampaignState
  if (state.code === code) return state
  throw new OtherCode(
    `The figures in ${directory} are of other code (${state.code}, and this is ${code}): ` +
      'begin another campaign in a directory of its own.',
  )
}

/** Writes it down whole: a campaign that is killed goes on after the last round that was judged. */
export async function saveState(directory: string, state: CampaignState): Promise<void> {
  const path = join(directory, FILE)
  await writeFile(`${path}.next`, JSON.stringify(state))
  await rename(`${path}.next`, path)
}
