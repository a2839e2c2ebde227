import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type ApiDocument, operationsOf } from './rules/error-pages.ts'
import { type Exceptions, methodsOf, nameOffences, type Places, toSnake } from './rules/one-name.ts'
import { sqlFunctions } from './rules/sizes.ts'
import { readSource, sourceFile, sourceFiles } from './rules/source-file.ts'

const read = (path: string) => sourceFile(path, readSource(path) ?? '').code
const methods = (path: string, name: string) => methodsOf(read(path), name)

const EXCEPTIONS: Exceptions = {
  // Of the engine itself, what realtime is made from, and what `listMyHolds` and `listMyBookings`
  // are made from.
  notOperations: [
    ...['status', 'timings', 'countSeats', 'mayWrite', 'readSecondsAhead', 'close'],
    ...['readShow', 'readVersions', 'listHoldsOf', 'listBookingsOf'],
    // What the sender of webhooks works with.
    ...['showNumber', 'webhookLook', 'webhookTurns', 'eventsOf', 'settleLeases'],
    ...['loneEventOf', 'settleLoneEvent', 'webhookTarget'],
  ],
  onCommandLine: {
    checkShow: 'check',
    pruneShow: 'prune',
    pruneRequests: 'prune',
    resetShow: 'reset',
  },
  partOf: { exportPlan: 'getPlan', exportSeats: 'listSeats' },
  // Servers are made of connections, and know how they are themselves.
  ofTheFeed: ['streamShow', 'getSystem', 'testWebhook'],
  ofAccess: [
    ...methods('src/auth/access-operations.ts', 'AccessOperations'),
    // What an owner has is the engine's to know: listHoldsOf, listBookingsOf.
    'listMyHolds',
    'listMyBookings',
  ],
  toldIn: {
    getVenue: 'createVenue',
    listVenues: 'createVenue',
    getPlan: 'createPlan',
    listPlans: 'changePlan',
    exportPlan: 'createPlan',
    exportSeats: 'listSeats',
    getShow: 'createShow',
    listShows: 'createShow',
    getWebhook: 'createWebhook',
    listWebhooks: 'createWebhook',
    listWebhookDeliveries: 'createWebhook',
  },
}

const namesIn = (directory: string, ending: string) =>
  sourceFiles([directory], [ending]).map(({ path }) => {
    return path.slice(path.lastIndexOf('/') + 1, -ending.length)
  })

const api = JSON.parse(readSource('openapi.json') ?? '{"paths":{}}') as ApiDocument

const PLACES: Places = {
  engine: [
    ...methods('src/engine/engine-operations.ts', 'EngineOperations'),
    ...methodsOf(read('src/engine/engine.ts').replace(' extends EngineOperations', ''), 'Engine'),
  ],
  files: namesIn('src/engine/operations', '.ts'),
  operationIds: operationsOf(api).map(({ operationId = '' }) => operationId),
  features: namesIn('test/features', '.feature'),
  commands: namesIn('src/cli/commands', '.ts'),
  sqlFunctions: sourceFiles(['sql/functions'], ['.sql'])
    .flatMap((file) => sqlFunctions(file))
    .map(({ name }) => name.replace(/^rowlock\./, '')),
}

describe('one operation, one name', () => {
  it('in engine, file, API, feature and kernel', () => {
    assert.ok(PLACES.engine.length > 20)
    assert.deepEqual(nameOffences(PLACES, EXCEPTIONS), [])
  })
})

describe('the rule of one name can fail', () => {
  const places: Places = {
    engine: ['holdSeats', 'getHold', 'checkShow', 'close'],
    files: ['hold-seats', 'get-hold'],
    operationIds: ['holdSeats', 'getHold'],
    features: ['hold-seats'],
    commands: ['check'],
    sqlFunctions: ['hold_seats'],
  }
  const exceptions: Exceptions = {
    notOperations: ['close'],
    onCommandLine: { checkShow: 'check' },
    partOf: {},
    ofTheFeed: [],
    ofAccess: [],
    toldIn: { getHold: 'holdSeats' },
  }

  it('not when every place knows every operation', () => {
    assert.deepEqual(nameOffences(places, exceptions), [])
  })

  it('on a place that has another name, or none', () => {
    const offences = (some: Partial<Places>) => nameOffences({ ...places, ...some }, exceptions)
    assert.deepEqual(offences({ files: ['hold', 'get-hold'] }), [
      'holdSeats has no file of its own',
    ])
    assert.deepEqual(offences({ features: [] }), [
      'holdSeats has no feature',
      'getHold has no feature',
    ])
    assert.deepEqual(offences({ commands: ['prune'] }), ['checkShow is no command'])
    assert.deepEqual(offences({ sqlFunctions: [] }), ['holdSeats is not in the kernel'])
    assert.deepEqual(offences({ operationIds: ['holdSeats', 'fetchHold'] }), [
      'getHold is not in the API',
      'the API has fetchHold, the engine has not',
    ])
  })

  it('reads the methods of an interface, over several lines as well', () => {
    const code =
      'export interface Engine {\n  holdSeats(\n    a: string,\n  ): void\n  close(): void\n}'
    assert.deepEqual(methodsOf(code, 'Engine'), ['holdSeats', 'close'])
    assert.equal(toSnake('holdSeats'), 'hold_seats')
  })
})
