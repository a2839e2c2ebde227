import { judge } from '../judge/judge.ts'
import { LIES } from './lies.ts'
import { simulate } from './simulate.ts'

/** Result of one lie. */
export interface LieResult {
  readonly name: string
  readonly rule: string
  readonly isCaught: boolean
}

/** Result of testing whether the judge can be trusted. */
export interface SelfTest {
  /** Findings in a history that is right: none, if it can be trusted. */
  readonly falseAlarms: readonly string[]
  readonly lies: readonly LieResult[]
  readonly isGood: boolean
}

const HISTORIES = 5

/** Judges clean histories, then each of them with each lie in it. */
export function selfTest(seed = 'self-test'): SelfTest {
  const histories = Array.from({ length: HISTORIES }, (_, no) => simulate(`${seed}/${no}`))
  const falseAlarms = histories.flatMap((history) => {
    return judge(history).findings.map(({ rule, detail }) => `${rule}: ${detail}`)
  })
  const lies = LIES.map(({ name, rule, tell }) => {
    const isCaught = histories.every((history) => {
      const bent = tell(history)
      return bent === null || judge(bent).findings.some((finding) => finding.rule === rule)
    })
    return { name, rule, isCaught }
  })
  const isGood = falseAlarms.length === 0 && lies.every(({ isCaught }) => isCaught)
  return { falseAlarms, lies, isGood }
}
