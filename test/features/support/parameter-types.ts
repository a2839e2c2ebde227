import { defineParameterType } from '@cucumber/cucumber'
import { ERRORS } from '../../../src/protocol/index.ts'
import type { Person } from './person.ts'
import type { RowlockWorld } from './world.ts'

const NAMES = 'Alice|Bob|Carol|Dan|[Tt]he box office|[Aa] stranger'

/** `Alice`, `the box office`, or the pronoun of whoever was spoken of last. */
defineParameterType({
  name: 'person',
  regexp: new RegExp(`(?:${NAMES}|[Ss]he|[Hh]e|[Tt]hey|him)`),
  transformer(this: RowlockWorld, name: string): Person {
    return this.person(name.replace(/^(?:The|A)\b/, (word) => word.toLowerCase()))
  },
})

/** `Alice's`, `her`. */
defineParameterType({
  name: 'owner',
  regexp: new RegExp(`(?:${NAMES})'s|[Hh]er|[Hh]is|[Tt]heir`),
  transformer(this: RowlockWorld, name: string): Person {
    const plain = name.replace(/'s$/, '').replace(/^(?:The|A)\b/, (word) => word.toLowerCase())
    return this.person(plain)
  },
})

const LABEL = '(?:"[^"]*"|[A-Z]{1,2}\\d+)'

/** `seat A1`, `seats A1, A2 and "b 7"`, `seats A1 to A8`. */
defineParameterType({
  name: 'seats',
  regexp: new RegExp(`seats? ${LABEL}(?:(?:, | and | to )${LABEL})*`),
  transformer: (text: string): string[] =>
    text
      .replace(/^seats? /, '')
      .split(/, | and /)
      .flatMap(toLabels),
})

function toLabels(text: string): string[] {
  const [first = '', last] = text.split(' to ').map((label) => label.replaceAll('"', ''))
  if (last === undefined) return [first]
  const row = first.replace(/\d+$/, '')
  const [from, to] = [first, last].map((label) => Number(label.slice(row.length)))
  const step = (from as number) <= (to as number) ? 1 : -1
  const count = Math.abs((to as number) - (from as number)) + 1
  return Array.from({ length: count }, (_, n) => `${row}${(from as number) + n * step}`)
}

/** `A to C` → `A-C`. */
defineParameterType({
  name: 'rows',
  regexp: /[A-Z] to [A-Z]/,
  transformer: (text: string): string => text.replace(' to ', '-'),
})

const SECONDS = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const

/** `a second`, `10 minutes` → seconds. */
defineParameterType({
  name: 'duration',
  regexp: /(?:an?|\d+) (?:second|minute|hour|day)s?/,
  transformer: (text: string): number => {
    const [count = '', unit = ''] = text.split(' ')
    const each = SECONDS[unit.replace(/s$/, '') as keyof typeof SECONDS]
    return (/^an?$/.test(count) ? 1 : Number(count)) * each
  },
})

/** One of the stable codes; a name that is none fails the scenario. */
defineParameterType({
  name: 'code',
  useForSnippets: false,
  regexp: /[a-z]+(?:_[a-z]+)*/,
  transformer: (code: string): string => {
    if (code in ERRORS) return code
    throw new Error(`${code} is not in the table of errors.`)
  },
})

defineParameterType({
  name: 'status',
  useForSnippets: false,
  regexp: /available|held|booked|blocked/,
  transformer: (status: string): string => status,
})

/** Things that have an id, or a key. */
defineParameterType({
  name: 'kind',
  useForSnippets: false,
  regexp: /hold|booking|block|venue|plan|show/,
  transformer: (kind: string): string => kind,
})
