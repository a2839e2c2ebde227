/** Random histories of holds, bookings, releases, cancellations by quantity, mixed with seats. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { Answer } from '../../src/engine/index.ts'
import { newUuid, Refusal, toPublicId } from '../../src/protocol/index.ts'
import { by, shopper, useServer } from '../support/engines.ts'
import { SHOW, useKernel } from '../support/kernel.ts'
import { runs } from '../support/runs.ts'
import { labelsOf, type Named, type Part, PlacesModel, type Reply } from './places-model.ts'

const kernel = await useKernel('model general admission')
const engine = await useServer(kernel.database.settings)
const box = {
  caller: { ...shopper('box office'), boxOffice: true, seller: true },
  idempotencyKey: null,
}
const { value: venue } = await engine.createVenue(box, { name: 'A club' })

type Step =
  | { readonly kind: 'hold'; readonly named: Named }
  | { readonly kind: 'book'; readonly named: Named }
  | { readonly kind: 'release'; readonly target: number; readonly named: Named }
  | { readonly kind: 'cancel'; readonly target: number; readonly named: Named }
  | { readonly kind: 'confirm'; readonly target: number }

const parts = fc
  .tuple(...[12, 3, 5].map((max) => fc.integer({ min: 1, max })))
  .map(([floor = 1, terrace = 1, stalls = 1]): Part[] => [
    { section: 'floor', count: floor, isStanding: true },
    { section: 'stalls', count: stalls, isStanding: false },
    { section: 'terrace', count: terrace, isStanding: true },
  ])

/** Mostly sections that have places; the last one is nowhere. */
const sections = fc.oneof(
  { weight: 12, arbitrary: fc.constantFrom('floor', 'terrace') },
  { weight: 1, arbitrary: fc.constantFrom('stalls', 'gallery') },
)
const places = fc.uniqueArray(
  fc.record({ section: sections, quantity: fc.integer({ min: 1, max: 4 }) }),
  { minLength: 1, maxLength: 2, selector: ({ section }) => section },
)
const seats = fc.uniqueArray(
  fc.constantFrom('stalls 1', 'stalls 1', 'stalls 2', 'stalls 3', 'floor 1', 'floor 2'),
  { minLength: 1, maxLength: 2 },
)
const something = fc.oneof(
  places.map((of): Named => ({ seats: null, places: of })),
  fc.record({ seats, places }),
  seats.map((of): Named => ({ seats: of, places: null })),
)
const anything = fc.oneof(
  { weight: 1, arbitrary: fc.constant<Named>({ seats: null, places: null }) },
  { weight: 5, arbitrary: something },
)
const target = fc.nat({ max: 5 })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('hold' as const), named: something }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('book' as const), named: something }) },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('release' as const), target, named: anything }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('cancel' as const), target, named: anything }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('confirm' as const), target }) },
)

async function createShow(house: readonly Part[]): Promise<string> {
  const source = {
    sections: house.map(({ section, isStanding }) => ({
      key: section,
      generalAdmission: isStanding,
    })),
    seats: house.flatMap((part) =>
      labelsOf(part).map((label) => ({ label, section: part.section })),
    ),
  }
  const { value: plan } = await engine.createPlan(box, venue.id, { format: 'rowlock', source })
  const key = newUuid()
  const startsAt = '2030-01-01T20:00:00Z'
  await engine.createShow(box, { ...SHOW, key, title: 'A gig', startsAt, plan: plan.id })
  return key
}

/** The body of a call, without what it does not say. */
function bodyOf({ seats: named, places: of }: Named) {
  return { ...(named ? { seats: [...named] } : {}), ...(of ? { places: [...of] } : {}) }
}

/** Sends the steps of a history. Ids of what was refused lead nowhere. */
class History {
  readonly #show: string
  readonly #ids: string[] = []

  constructor(show: string) {
    this.#show = show
  }

  async play(one: Step): Promise<Reply> {
    try {
      const { value, changed } = await this.#send(one)
      return { seats: value.seats, changed }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { limit, mistakes } = error.details
      const path = mistakes?.[0]?.path
      return {
        code: error.code,
        ...(limit === undefined ? {} : { limit }),
        ...(path === undefined ? {} : { path }),
      }
    }
  }

  async #send(one: Step): Promise<Answer<{ id: string; seats: string[] }>> {
    const request = by('a shopper')
    if (one.kind === 'hold' || one.kind === 'book') {
      const index = this.#ids.push(newUuid()) - 1
      const answer =
        one.kind === 'hold'
          ? await engine.holdSeats(request, this.#show, bodyOf(one.named))
          : await engine.bookSeats(request, this.#show, bodyOf(one.named))
      this.#ids[index] = answer.value.id.replace(/^\w+_/, '')
      return answer
    }
    const id = this.#ids[one.target] ?? newUuid()
    const hold = id.includes('-') ? toPublicId('hold', id) : `hold_${id}`
    if (one.kind === 'confirm') return await engine.confirmHold(request, this.#show, hold, {})
    const body = bodyOf(one.named)
    if (one.kind === 'release') return await engine.releaseHold(request, this.#show, hold, body)
    return await engine.cancelBooking(request, this.#show, hold.replace('hold_', 'book_'), body)
  }
}

function follow(model: PlacesModel, one: Step): Reply {
  switch (one.kind) {
    case 'hold':
    case 'book':
      return model.take(one.named, one.kind === 'book')
    case 'confirm':
      return model.confirm(one.target)
    case 'release':
      return model.release(one.target, one.named)
    case 'cancel':
      return model.cancel(one.target, one.named)
  }
}

async function compareCounts(show: string, house: readonly Part[], model: PlacesModel) {
  const { sections: counted } = (await engine.getAvailability(show)).read()
  for (const { section, count: total } of house) {
    const { section: _, ...counts } = counted.find((one) => one.section === section) ?? {}
    assert.deepEqual(counts, { total, blocked: 0, ...model.counts(section) })
  }
}

test('every history by quantity is answered as the model answers it', async () => {
  const history = fc.record({
    house: parts,
    steps: fc.array(step, { minLength: 1, maxLength: 20, size: 'max' }),
  })
  const property = fc.asyncProperty(history, async ({ house, steps }) => {
    const show = await createShow(house)
    const model = new PlacesModel(house)
    const played = new History(show)
    for (const [n, one] of steps.entries()) {
      const expected = follow(model, one)
      assert.deepEqual(await played.play(one), expected, `step ${n}: ${JSON.stringify(one)}`)
      await compareCounts(show, house, model)
    }
    assert.deepEqual(await engine.checkShow(show), [])
  })
  await fc.assert(property, runs('general admission', 60))
})

test('a refusal says how many places are left, and where', async () => {
  const show = await createShow([{ section: 'floor', count: 3, isStanding: true }])
  const ask = (quantity: number) => ({ places: [{ section: 'floor', quantity }] })
  const hold = await engine.holdSeats(by('Alice'), show, ask(2))
  assert.equal(hold.value.together, true)
  await assert.rejects(engine.holdSeats(by('Bob'), show, ask(2)), {
    code: 'not_enough_seats',
    message: 'Only 1 place in floor left: ask for fewer.',
  })
  await assert.rejects(engine.releaseHold(by('Alice'), show, hold.value.id, ask(3)), {
    code: 'seats_not_in_hold',
    message: 'The hold has only 2 places in floor.',
  })
})
