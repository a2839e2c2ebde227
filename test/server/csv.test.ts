/** Lists as CSV files: the same rows as JSON, all of them, and harmless to spreadsheets. */
import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parse } from 'csv-parse/sync'
import { LIMITS } from '../../src/protocol/index.ts'
import { OPERATION_IDS, specOf } from '../../src/protocol/operations/index.ts'
import { assertRefused, OPERATOR, useServer } from './use-server.ts'

const { settings, send, asOperator, createShow } = await useServer('csv')

const CSV = { ...OPERATOR, accept: 'text/csv' }

type Row = Record<string, string>

function rowsOf(text: string): Row[] {
  return parse(text, { columns: true, bom: true, record_delimiter: '\r\n' })
}

async function rows(url: string, headers: Row = CSV): Promise<Row[]> {
  const answer = await send({ method: 'GET', url, headers })
  assert.equal(answer.status, 200, answer.text)
  assert.equal(answer.headers['content-type'], 'text/csv; charset=utf-8; header=present')
  return rowsOf(answer.text)
}

/** A cell as JSON has it. */
function cellOf(value: unknown): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

async function soldShow(): Promise<string> {
  const show = `/v1/shows/${await createShow()}`
  const must = async (url: string, body: object) => {
    assert.equal((await asOperator('POST', show + url, body)).status, 201)
  }
  await must('/bookings', { seats: ['A1', 'A2'], reference: 'order-1', holder: 'Zoë, "Z"' })
  await must('/bookings', { seats: ['A3'] })
  await must('/holds', { seats: ['B1'], holder: 'customer\n17' })
  await must('/blocks', { seats: ['B6'], reason: 'house; seats' })
  return show
}

describe('a list as CSV', () => {
  for (const [what, count] of Object.entries({
    seats: 12,
    bookings: 2,
    holds: 1,
    blocks: 1,
    journal: 5,
  })) {
    test(`has every row of the ${what}, with the fields of JSON`, async () => {
      const show = await soldShow()
      const { body } = await asOperator('GET', `${show}/${what}`)
      const items = body.items as Record<string, unknown>[]
      const found = await rows(`${show}/${what}?limit=1`)
      assert.equal(found.length, count)
      for (const [index, item] of items.entries()) {
        const fields = Object.entries(item).filter(([name]) => name !== 'items')
        const expected = fields.map(([name, value]) => [name, cellOf(value)])
        assert.deepEqual(found[index], Object.fromEntries(expected))
      }
    })
  }

  test('is asked for by the query or by Accept, and JSON otherwise', async () => {
    const url = `${await soldShow()}/bookings`
    const typeOf = async (query: string, accept: string) => {
      const headers = { ...OPERATOR, accept }
      const answer = await send({ method: 'GET', url: url + query, headers })
      assert.equal(answer.status, 200)
      return String(answer.headers['content-type']).split(';')[0]
    }
    assert.equal(await typeOf('', 'text/csv'), 'text/csv')
    assert.equal(await typeOf('', 'text/csv, application/json;q=0.9, */*;q=0.1'), 'text/csv')
    assert.equal(await typeOf('?format=csv', 'application/json'), 'text/csv')
    assert.equal(await typeOf('?format=json', 'text/csv'), 'application/json')
    assert.equal(await typeOf('', 'application/json, text/csv'), 'application/json')
    assert.equal(await typeOf('', 'text/csv;q=0'), 'application/json')
    assert.equal(await typeOf('', '*/*'), 'application/json')
  })

  test('begins with a byte-order mark where that is asked for', async () => {
    const url = `${await soldShow()}/bookings?format=csv`
    const [plain, marked] = [
      await asOperator('GET', url),
      await asOperator('GET', `${url}&bom=true`),
    ]
    assert.equal(marked.text, `\uFEFF${plain.text}`)
  })

  test('names its file, and has no body for HEAD', async () => {
    const show = await soldShow()
    const url = `${show}/bookings?format=csv`
    const answer = await send({ method: 'HEAD', url, headers: OPERATOR })
    const name = `${show.split('/').at(-1)}-bookings.csv`
    assert.equal(answer.headers['content-disposition'], `attachment; filename="${name}"`)
    assert.deepEqual([answer.status, answer.text], [200, ''])
  })

  test('goes over as many pages as there are, and keeps to the filters', async () => {
    const count = LIMITS.pageLimitMax + 3
    const key = await createShow({ seats: { rows: '1-11', seatsPerRow: 100 } })
    const { caller } = BOX_OFFICE
    const booked = Array.from({ length: count }, (_, n) => {
      const seat = `${1 + Math.floor(n / 100)}-${1 + (n % 100)}`
      return settings.engine.bookSeats({ caller, idempotencyKey: null }, key, {
        seats: [seat],
        reference: n % 2 === 0 ? 'even' : 'odd',
      })
    })
    await Promise.all(booked)
    const all = await rows(`/v1/shows/${key}/bookings`)
    assert.equal(new Set(all.map(({ id }) => id)).size, count)
    assert.equal((await rows(`/v1/shows/${key}/bookings?reference=even`)).length, count / 2 + 0.5)
    assert.equal((await rows(`/v1/shows/${key}/journal`)).length, count + 1)
    assert.equal((await rows(`/v1/shows/${key}/seats?status=booked`)).length, count)
  })

  test('of seats is as of one moment, whatever is sold meanwhile', async () => {
    const key = await createShow({ seats: { rows: '1-12', seatsPerRow: 100 } })
    const parts = settings.engine.exportSeats(key, { limit: 1 })
    const first = (await parts.next()).value ?? []
    await settings.engine.bookSeats(BOX_OFFICE, key, { seats: ['12-100'] })
    const rest = (await parts.next()).value ?? []
    assert.equal(first.length + rest.length, 1_200)
    assert.equal(rest.at(-1)?.status, 'available')
    assert.equal((await rows(`/v1/shows/${key}/seats`)).at(-1)?.status, 'booked')
  })
})

describe('whoever reads a file', () => {
  test('runs no formula that somebody gave as a reference or a name', async () => {
    const show = `/v1/shows/${await createShow({ seats: { rows: 'A', seatsPerRow: 20 } })}`
    const evil = [
      '=HYPERLINK("http://evil.example";"Refund")',
      '+1+1',
      '-2+3',
      '@SUM(A1)',
      ' =1',
      '\t=1',
      '\r\n=1',
      '＝1',
      "'=1",
      "'01",
    ]
    for (const [n, text] of evil.entries()) {
      const body = { seats: [`A${n + 1}`], reference: text, holder: text }
      assert.equal((await asOperator('POST', `${show}/bookings`, body)).status, 201)
    }
    const references = (await rows(`${show}/bookings`)).map(({ reference }) => reference).reverse()
    // After a tab or a line break a cell would begin for a spreadsheet that parts them otherwise.
    const marked = evil.map((text) => `'${text.replace(/([\t\r\n])(?=[\r\n]*=)/g, "$1'")}`)
    assert.deepEqual(references, marked)
  })

  test('says who they are, and sees what they see of the list', async () => {
    const show = await soldShow()
    for (const what of ['seats', 'bookings', 'holds', 'journal']) {
      const refused = await send({ method: 'GET', url: `${show}/${what}?format=csv` })
      assertRefused(refused, 'unauthenticated')
    }
  })

  test('is told what is wrong before anything of the file', async () => {
    const refused = await send({ method: 'GET', url: '/v1/shows/none/bookings', headers: CSV })
    assertRefused(refused, 'show_unknown')
    const cursor = `${await soldShow()}/bookings?cursor=x`
    assertRefused(await send({ method: 'GET', url: cursor, headers: CSV }), 'invalid_request')
  })
})

test('a list with a format is one that has CSV, and no other', () => {
  const lists = OPERATION_IDS.filter((id) => {
    const { query, isExport } = specOf(id)
    return isExport !== true && 'format' in ((query as { shape?: object } | undefined)?.shape ?? {})
  })
  assert.deepEqual(
    lists,
    OPERATION_IDS.filter((id) => specOf(id).hasCsv === true),
  )
})

const BOX_OFFICE = {
  caller: {
    scope: 'test',
    actor: 'test',
    owner: 'house',
    boxOffice: true,
    seller: true,
    heldSeatsMax: null,
  },
  idempotencyKey: null,
}
