import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { useMaps } from './support/use-maps.ts'

const { house, createShow, open } = await useMaps('seat map rivals')

describe('two people who want the same seat', () => {
  test('see who was faster: a seat that is picked is taken away, live', async () => {
    const show = await createShow()
    const [alice, bob] = [await open(show), await open(show)]
    await alice.press('B4')
    await bob.press('B4')
    await bob.press('B5')
    await alice.button('Hold 1 seat').click()
    const { lost } = (await bob.hears('select')) as { lost: { label: string }[] }
    await bob.says(bob.message, /B4: someone else was faster/)
    assert.deepEqual(await bob.picked(), ['B5'])
    assert.ok(Array.isArray(lost))
    assert.equal(await bob.status('B4'), 'held')
    await bob.button('Hold 1 seat').click()
    await bob.hears('hold')
    await alice.shows('B5', 'held')
    await alice.close()
    await bob.close()
  })

  test('ask at the same moment: one has it, the other reads which seat and why', async () => {
    const show = await createShow()
    const people = [await open(show), await open(show)]
    // Nobody hears of the other before both have asked.
    let asked = 0
    const bothAsked = Promise.withResolvers<void>()
    for (const { page } of people) {
      await page.route('**/holds', async (route) => {
        asked += 1
        if (asked === people.length) bothAsked.resolve()
        await bothAsked.promise
        await route.continue()
      })
    }
    for (const person of people) {
      for (const label of ['C1', 'C2']) await person.press(label)
    }
    await Promise.all(people.map((person) => person.button('Hold 2 seats').click()))
    const outcomes = await Promise.all(
      people.map((person) => Promise.race([hold(person), refusal(person)])),
    )
    assert.deepEqual(outcomes.toSorted(), ['C1 C2', 'C1 held C2 held'])
    const loser = people[outcomes.indexOf('C1 held C2 held')]
    assert.ok(loser !== undefined)
    await loser.says(loser.message, /Someone else was faster: C1, C2 held\./)
    await loser.says(loser.spoken, /C1, C2 held/)
    assert.deepEqual(await loser.picked(), [])
    assert.equal((await house.operator.getAvailability(show)).counts.held, 2)
    for (const person of people) await person.close()
  })

  test('see a seat come back when it is given back, and may have it then', async () => {
    const show = await createShow()
    const [alice, bob] = [await open(show), await open(show)]
    await alice.press('D7')
    await alice.button('Hold 1 seat').click()
    await bob.shows('D7', 'held')
    await bob.press('D7')
    await bob.says(bob.message, /Row D seat 7 is held/)
    await alice.button('Give back').click()
    await bob.shows('D7', 'available')
    await bob.press('D7')
    await bob.button('Hold 1 seat').click()
    await alice.shows('D7', 'held')
    await alice.close()
    await bob.close()
  })
})

type Person = Awaited<ReturnType<typeof open>>

async function hold(person: Person): Promise<string> {
  const { hold } = (await person.hears('hold')) as { hold: { seats: string[] } }
  return hold.seats.join(' ')
}

async function refusal(person: Person): Promise<string> {
  const { seats } = (await person.hears('refusal')) as {
    seats: { seat: string; reason: string }[]
  }
  return seats.map(({ seat, reason }) => `${seat} ${reason}`).join(' ')
}
