import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { lostOffences, type Paths, unchangedOffences } from './rules/created-is-found.ts'
import { readSource } from './rules/source-file.ts'

/** Exceptions: what is found otherwise, or must not be found. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  'a seat has no id: it is listed by its label': ['addSeats: no read by id'],
  'the booking is among the bookings of the show': [
    'confirmHold: no list',
    'confirmHold: no read by id',
  ],
  'a secret is shown once': [
    'createSignInLink: no list',
    'createSignInLink: no read by id',
    'beginSecondFactor: no list',
    'beginSecondFactor: no read by id',
    'beginPasskey: no read by id',
    'createPasskeyChallenge: no list',
    'createPasskeyChallenge: no read by id',
    'createSession: no list',
    'createSession: no read by id',
  ],
  'read at /v1/plans/{plan}': ['createPlan: no read by id'],
  'what is made are shows': ['repeatShow: no list', 'repeatShow: no read by id'],
}

/** Nouns that end otherwise, and why. */
const UNCHANGED: Readonly<Record<string, readonly string[]>> = {
  'people are disabled by a change: history names them': ['users: no end'],
  'venues and plans are retired by a change: shows have them': ['venues: no end', 'plans: no end'],
}

const document = JSON.parse(readSource('openapi.json') ?? '{"paths":{}}') as { paths: Paths }

describe('what can be created can be found', () => {
  it('by its id, and in a list', () => {
    const known = Object.values(EXCEPTIONS).flat()
    assert.deepEqual(lostOffences(document.paths).toSorted(), known.toSorted())
  })
})

describe('what can be created can be changed, and ends', () => {
  it('under its id, but for what is said here', () => {
    const known = Object.values(UNCHANGED).flat()
    assert.deepEqual(unchangedOffences(document.paths).toSorted(), known.toSorted())
  })

  it('or it is told', () => {
    const [list, item] = ['/v1/things', '/v1/things/{thing}']
    const post = { operationId: 'createThing', responses: { 201: {} } }
    const end = { operationId: 'deleteThing', responses: { 200: {} } }
    const patch = { operationId: 'changeThing', responses: { 200: {} } }
    assert.deepEqual(unchangedOffences({ [list]: { post, get: {} }, [item]: { get: {} } }), [
      'things: no change',
      'things: no end',
    ])
    const whole = { [list]: { post }, [item]: { patch }, [`${item}/delete`]: { post: end } }
    assert.deepEqual(unchangedOffences(whole), [])
  })
})

describe('the rule of what is found can fail', () => {
  const post = { operationId: 'createThing', responses: { 201: {} } }

  it('on a list without a read, a read without a list, and an action as a read', () => {
    const [list, item, action] = ['/v1/things', '/v1/things/{thing}', '/v1/things/{thing}/end']
    assert.deepEqual(lostOffences({ [list]: { post, get: {} }, [action]: { get: {} } }), [
      'createThing: no read by id',
    ])
    assert.deepEqual(lostOffences({ [list]: { post }, [item]: { get: {} } }), [
      'createThing: no list',
    ])
    assert.deepEqual(lostOffences({ [list]: { post, get: {} }, [item]: { get: {} } }), [])
  })

  it('but not on what makes nothing', () => {
    const end = { operationId: 'endThing', responses: { 200: {} } }
    assert.deepEqual(lostOffences({ '/v1/things/{thing}/end': { post: end } }), [])
  })
})
