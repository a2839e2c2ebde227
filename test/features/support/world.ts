import { randomBytes } from 'node:crypto'
import { setWorldConstructor } from '@cucumber/cucumber'
import type { Availability, Seat, Show } from '../../../src/protocol/index.ts'
import type { Answer } from './http.ts'
import type { OwnDatabase } from './own-database.ts'
import { newKey, Person } from './person.ts'
import { stage } from './stage.ts'

const BOX_OFFICE = 'the box office'

/** One scenario: who is in it, and the show that it is about. */
export class RowlockWorld {
  readonly people = new Map<string, Person>()
  readonly #keys = new Map<string, string>()
  /** Person whom "she", "he" and "they" mean. */
  spokenOf: Person | null = null
  showKey = ''
  venueId = ''
  planId = ''
  /** All answers of a crowd, in any order. */
  crowd: Answer[] = []
  /** The pages of a list. */
  listed: unknown[] = []
  /** An answer to compare later ones with. */
  noted: Answer | null = null
  /** Seconds by which the scenario has moved the clock. */
  passedSeconds = 0
  /** A PostgreSQL that this scenario may stop and kill, with its server. */
  own: OwnDatabase | null = null
  firstServerUrl = stage().servers[0].url
  secondServerUrl = stage().servers[1].url

  /** A person by name, or by the pronoun for the last one spoken of. */
  person(name: string): Person {
    if (/^(?:he|him|she|they|his|her|their)$/i.test(name)) {
      if (!this.spokenOf) throw new Error(`Nobody was spoken of before "${name}".`)
      return this.spokenOf
    }
    const known = this.people.get(name)
    const person = known ?? new Person(name, name === BOX_OFFICE, this.firstServerUrl)
    this.people.set(name, person)
    if (!person.isBoxOffice) this.spokenOf = person
    return person
  }

  get boxOffice(): Person {
    return this.person(BOX_OFFICE)
  }

  /** A name that no other scenario and no earlier run has used. */
  uniqueKey(word = 'show'): string {
    return `${word}-${randomBytes(6).toString('hex')}`
  }

  /** Keys in features are short words; on the wire they are as long and unique as a UUID. */
  keyOf(word: string): string {
    const known = this.#keys.get(word) ?? newKey()
    this.#keys.set(word, known)
    return known
  }

  /** An address of the show: `holds` → `/v1/shows/…/holds`. */
  inShow(path = ''): string {
    return `/v1/shows/${this.showKey}${path === '' ? '' : `/${path}`}`
  }

  async createShow(body: Record<string, unknown>): Promise<Show> {
    this.showKey = String(body.key ?? this.uniqueKey())
    const answer = await this.boxOffice.send('POST', '/v1/shows', {
      key: this.showKey,
      title: 'Hamlet',
      startsAt: '2031-12-01T19:00:00Z',
      confirmBy: 'holder',
      ...body,
    })
    return expectDone(answer) as unknown as Show
  }

  async availability(): Promise<Availability> {
    const answer = await this.onlooker().send('GET', this.inShow('availability'))
    return expectDone(answer) as unknown as Availability
  }

  /** Every seat of the show, over as many pages as it takes. */
  async seats(): Promise<Seat[]> {
    const seats: Seat[] = []
    let cursor = ''
    do {
      const path = this.inShow(`seats?limit=1000${cursor}`)
      const page = expectDone(await this.onlooker().send('GET', path))
      seats.push(...(page.items as Seat[]))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    return seats
  }

  /** Somebody without a name, who speaks to the given server. */
  clientOf(serverUrl: string): Person {
    return new Person('a client', false, serverUrl)
  }

  /** Somebody who looks without being part of the scenario. */
  onlooker(): Person {
    return new Person('an onlooker', true, this.firstServerUrl)
  }
}

/** The body of an answer that must be a success. */
export function expectDone(answer: Answer): Answer['body'] {
  if (answer.status < 300) return answer.body
  throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`)
}

setWorldConstructor(RowlockWorld)
