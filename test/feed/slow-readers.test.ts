import assert from 'node:assert/strict'
import { after, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import fc from 'fast-check'
import { Feed, type FeedSettings } from '../../src/feed/index.ts'
import { runs } from '../support/runs.ts'
import { until } from '../support/until.ts'
import { LazyReader, ModelEngine, SHOW } from './model-feed.ts'
import { ShowModel } from './show-model.ts'

const feeds: Feed[] = []
after(() => {
  for (const feed of feeds) feed.close()
})

function openFeed(seatCount: number, settings: Partial<FeedSettings> = {}) {
  const model = new ShowModel(seatCount)
  const counted = new ModelEngine(model)
  // Nothing is looked at but when a test says so.
  const quiet = { lookEveryMs: 1e8, beatEveryMs: 1e8 }
  const feed = new Feed(counted.engine, { ...quiet, ...settings })
  feeds.push(feed)
  return { model, counted, feed }
}

async function join(feed: Feed, highWaterMark: number): Promise<LazyReader> {
  const reader = new LazyReader(highWaterMark)
  await feed.join(SHOW, null, () => reader)
  return reader
}

/** Lets the feed read, and tell. */
async function refresh(feed: Feed, { readings }: ModelEngine, counted: ModelEngine): Promise<void> {
  feed.refresh(SHOW)
  await until('a reading', async () => (counted.readings > readings ? true : null))
}

const seats = fc.uniqueArray(fc.nat(7), { minLength: 1, maxLength: 4 })
const step = fc.oneof(
  fc.record({ do: fc.constant('hold'), seats }),
  fc.record({ do: fc.constant('book'), seats }),
  fc.record({ do: fc.constant('free'), seats }),
  fc.record({ do: fc.constant('wait') }),
  fc.record({ do: fc.constant('read') }),
)

describe('a client that reads slowly', () => {
  test('knows the truth whenever it has read everything', async () => {
    const property = fc.asyncProperty(
      fc.array(step as fc.Arbitrary<{ do: string; seats?: number[] }>, { maxLength: 40 }),
      fc.integer({ min: 1, max: 600 }),
      async (steps, highWaterMark) => {
        const { model, feed } = openFeed(8)
        const reader = await join(feed, highWaterMark)
        for (const { do: what, seats: some = [] } of steps) {
          if (what === 'hold') model.take(some, 10)
          if (what === 'book') model.book(some)
          if (what === 'free') model.free(some)
          if (what === 'wait') model.now += 6
          if (what === 'read') await reader.read()
          feed.refresh(SHOW)
          await new Promise(setImmediate)
        }
        // A reading, or an event, that came too soon after another one is still to come.
        for (let turn = 0; turn < 100 && reader.seats().join() !== model.truth().join(); turn++) {
          await delay(1)
          await reader.readAll()
        }
        assert.deepEqual(reader.seats(), model.truth())
        feed.close()
      },
    )
    await fc.assert(property, runs('slow readers', 500))
  })

  test('costs no more memory than one event beyond its mark', async () => {
    const { model, counted, feed } = openFeed(200)
    const reader = await join(feed, 1_000)
    const all = [...Array(200).keys()]
    let eventBytesMax = 0
    for (let round = 0; round < 100; round++) {
      if (round % 2 === 0) model.take(all, 60_000)
      else model.free(all)
      await refresh(feed, { ...counted } as ModelEngine, counted)
      eventBytesMax = Math.max(eventBytesMax, reader.writableLength)
    }
    // The snapshot that it has not read yet, and one change.
    assert.ok(eventBytesMax < 12_000, `${eventBytesMax} bytes`)
    await reader.readAll()
    assert.deepEqual(reader.seats(), model.truth())
    assert.ok(reader.eventCount <= 3, `${reader.eventCount} events`)
  })

  test('is cut off when it has not read for too long, and others are not', async () => {
    const { model, counted, feed } = openFeed(8, { beatEveryMs: 5, fullMsMax: 50 })
    const [slow, quick] = [await join(feed, 10), await join(feed, 10)]
    await quick.readAll()
    model.book([1])
    await refresh(feed, { ...counted } as ModelEngine, counted)
    await until('the slow one to be cut off', async () => {
      await quick.readAll()
      return slow.destroyed ? true : null
    })
    assert.equal(quick.destroyed, false)
    assert.deepEqual(quick.seats(), model.truth())
    assert.deepEqual(feed.status(), { listeners: 1, shows: 1, dropped: 1 })
  })
})

describe('many clients of one show', () => {
  test('cost the database what one costs', async () => {
    const cost = async (listenerCount: number) => {
      const { model, counted, feed } = openFeed(100)
      const joined = Array.from({ length: listenerCount }, () => join(feed, 100_000))
      const readers = await Promise.all(joined)
      for (let seat = 0; seat < 20; seat++) {
        model.book([seat])
        await refresh(feed, { ...counted } as ModelEngine, counted)
      }
      await Promise.all(readers.map((reader) => reader.readAll()))
      await until('everybody to know', async () => {
        await Promise.all(readers.map((reader) => reader.readAll()))
        return readers.every((reader) => reader.view.counts.booked === 20) ? true : null
      })
      return counted.readings
    }
    const one = await cost(1)
    assert.equal(one, 21)
    // Those who come while a reading is under way share the next one.
    assert.ok((await cost(2_000)) <= one + 1)
  })

  test('are told in turns, and who comes meanwhile never hears older news', async () => {
    const { model, counted, feed } = openFeed(8)
    const readers: LazyReader[] = []
    const seen = new Map<LazyReader, number[]>()
    const come = async () => {
      const reader = new LazyReader(100_000)
      const versions: number[] = []
      seen.set(reader, versions)
      const parse = reader._write.bind(reader)
      reader._write = (bytes, encoding, done) => {
        parse(bytes, encoding, done)
        void reader.read().then(() => versions.push(reader.view.version))
      }
      await feed.join(SHOW, null, () => reader)
      readers.push(reader)
    }
    await Promise.all(Array.from({ length: 1_200 }, come))
    for (let seat = 0; seat < 8; seat++) {
      model.book([seat])
      await refresh(feed, { ...counted } as ModelEngine, counted)
      // The first thousand know, the others do not yet.
      await come()
    }
    await until('everybody to know', async () =>
      readers.every((reader) => reader.view.counts.booked === 8) ? true : null,
    )
    for (const versions of seen.values()) {
      assert.deepEqual(
        versions,
        versions.toSorted((one, two) => one - two),
      )
    }
  })

  test('share the bytes of every event', async () => {
    const { model, counted, feed } = openFeed(8)
    const written: Buffer[][] = []
    for (const _ of [1, 2, 3]) {
      const chunks: Buffer[] = []
      written.push(chunks)
      const reader = new LazyReader(1_000)
      reader._write = (bytes, _encoding, done) => {
        chunks.push(bytes)
        done()
      }
      await feed.join(SHOW, null, () => reader)
    }
    model.book([3])
    await refresh(feed, { ...counted } as ModelEngine, counted)
    await until('three changes', async () => (written.every((list) => list[1]) ? true : null))
    const [first, ...others] = written.map((list) => list.at(-1) as Buffer)
    for (const other of others) assert.equal(other, first)
  })

  test('a show that nobody listens to is not asked for, and forgotten after a while', async () => {
    const { counted, feed } = openFeed(8, { lookEveryMs: 2, lingerMs: 60 })
    const reader = await join(feed, 1_000)
    await until('looks', async () => (counted.looks > 2 ? true : null))
    reader.destroy()
    await until('nobody', async () => (feed.status().listeners === 0 ? true : null))
    const { looks, readings } = counted
    await until('it to be forgotten', async () => (feed.status().shows === 0 ? true : null))
    assert.deepEqual([counted.looks - looks <= 1, counted.readings], [true, readings])
  })
})
