import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ERRORS, type ErrorSpec } from '../../src/protocol/index.ts'
import {
  type ApiDocument,
  documentedErrors,
  documentedOffences,
  errorPageOffences,
} from './rules/error-pages.ts'
import { readSource, sourceFiles } from './rules/source-file.ts'

const PAGE = readSource('docs/reference/errors.md') ?? ''
const API = JSON.parse(readSource('openapi.json') ?? '{"paths":{}}') as ApiDocument
const FEATURES = sourceFiles(['test/features'], ['.feature'])

/** Answered before it is known which operation is meant, so no operation documents them. */
const BEFORE_ROUTING = [
  'malformed_http',
  'headers_too_large',
  'request_timeout',
  'uri_invalid',
  'route_unknown',
  'method_not_allowed',
]
/**
 * Broken connections and our own faults: tests of faults and of the server bring them about. Those
 * of the engine hold from addresses.
 */
const NOT_IN_FEATURES = [
  'held_limit_reached',
  'begun_limit_reached',
  'malformed_http',
  'headers_too_large',
  'request_timeout',
  'busy',
  'outcome_unknown',
  'unavailable',
  'storage_full',
  'internal',
]

/** About accounts, not about seats: tests of auth, of the server and of attacks have them. */
const OF_PEOPLE = [
  'csrf_refused',
  'rate_limited',
  'registration_closed',
  'password_weak',
  'credentials_wrong',
  'second_factor_required',
  'passkeys_unavailable',
  'session_ended',
  'session_unknown',
  'second_factor_unknown',
  'user_unknown',
  'key_unknown',
  'email_taken',
  'second_factor_exists',
  'passkey_unknown',
  'passkey_invalid',
  'passkey_exists',
  'too_many_passkeys',
  'last_operator',
]

describe('errors', () => {
  it('the page about errors has every code, in order, with its facts and what to do', () => {
    assert.deepEqual(errorPageOffences(PAGE, ERRORS), [])
  })

  it('the description of the API names codes of the table, under their status', () => {
    assert.ok(documentedErrors(API).length > 0)
    assert.deepEqual(documentedOffences(API, ERRORS), [])
  })

  it('every code of the table is documented at some operation', () => {
    const documented = new Set(documentedErrors(API).map(({ code }) => code))
    const silent = Object.keys(ERRORS).filter((code) => !documented.has(code))
    assert.deepEqual(silent.sort(), [...BEFORE_ROUTING].sort())
  })

  it('every code of the table is in a feature', () => {
    const text = FEATURES.map((feature) => feature.text).join('\n')
    const silent = Object.keys(ERRORS).filter((code) => !text.match(new RegExp(`\\b${code}\\b`)))
    assert.deepEqual(silent.sort(), [...NOT_IN_FEATURES, ...OF_PEOPLE].sort())
  })
})

describe('the rules of errors can fail', () => {
  const table: Record<string, ErrorSpec> = {
    gone: { status: 410, retryable: false, title: 'It is gone.' },
    busy: { status: 503, retryable: true, title: 'Later.' },
  }
  const gone = '### `gone`\n\n**410**, retry: no. It is gone.\n\nLook for another one.\n\n'
  const busy = '### `busy`\n\n**503**, retry: yes. Later.\n\nWait a little, then again.\n'

  it('not on a page that says everything', () => {
    assert.deepEqual(errorPageOffences(`# Errors\n\n${gone}${busy}`, table), [])
  })

  for (const [what, page] of [
    ['a code that is missing', gone],
    ['a code that is not in the table', `${gone}${busy}${gone.replace('gone', 'lost')}`],
    ['another order', `${busy}\n${gone}`],
    ['another status', `${gone.replace('410', '404')}${busy}`],
    ['another title', `${gone.replace('It is gone', 'It went')}${busy}`],
    ['nothing to do', `${gone.replace('Look for another one.', '-')}${busy}`],
  ] as const) {
    it(`on ${what}`, () => assert.equal(errorPageOffences(page, table).length, 1))
  }

  it('on a description with another status, or a code that is not in the table', () => {
    const content = { 'application/problem+json': { examples: { gone: {}, lost: {} } } }
    const responses = { 404: { content } }
    const document = { paths: { '/x': { get: { operationId: 'getX', responses } } } }
    assert.deepEqual(documentedOffences(document, table), [
      'getX: gone is 410, not 404',
      'getX: lost is not in the table',
    ])
  })
})
