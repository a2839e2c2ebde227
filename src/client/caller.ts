import type { WriteOptions } from './call-options.ts'
import { backoffMs, type Clock } from './clock.ts'
import { randomUuid } from './random-uuid.ts'
import { isRetryable, refusalOf } from './refusal-of.ts'
import { RowlockError } from './rowlock-error.ts'

/** Address of the server, and how patient to be with it. */
export interface ClientSettings {
  /** Such as `https://tickets.example.org`; empty for the page's own server. */
  readonly server: string
  /** A key of an API client or operator; shoppers need none. Never put one into a web page. */
  readonly key?: string | undefined
  /** The access token of somebody signed in, or what gives one; null while nobody is. */
  readonly token?: string | (() => string | null | Promise<string | null>)
  /**
   * For pages of the server itself, where signing in has set cookies: sends them along, and renews
   * a session that has only grown old.
   */
  readonly cookies?: boolean
  /** Function to send requests with instead of the global `fetch`. */
  readonly fetch?: typeof fetch
  /**
   * Milliseconds in which an attempt may hear nothing: until the answer begins, and between its
   * parts. 12,000 by default, a little more than the server's own deadline.
   */
  readonly timeoutMs?: number
  /** Repeats of a call that got no answer, or a 429 or 503. 4 by default. */
  readonly retries?: number
}

/** One call of the API. A call with a body is a write. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  readonly path: string
  readonly query?: Readonly<Record<string, unknown>> | undefined
  readonly body?: unknown
  readonly options?: WriteOptions | undefined
}

const REFRESH = '/v1/sessions/refresh'
/** A 401 of these is about what was sent, not about who asks. */
const NOT_RENEWED = ['/v1/sessions', REFRESH]
const ENDINGS = ['/v1/sessions/end', '/v1/sessions/end-all']
const TIMEOUT_MS = 12_000
const RETRIES = 4
const BACKOFF = { firstMs: 250, maxMs: 5_000 }
/** Longest `Retry-After` to wait for. A longer one is handed to the caller instead. */
const RETRY_AFTER_MS_MAX = 30_000

/** Sends calls until they are answered. All attempts of a write carry the same idempotency key. */
export class Caller {
  readonly #settings: ClientSettings
  readonly #clock: Clock
  #refreshing: Promise<boolean> | null = null
  /**
   * True when somebody has signed in by cookies. The server is told: were the cookies to go (signed
   * out in another tab), it would serve whoever acts here as nobody, without a word.
   */
  #isSignedIn = false

  constructor(settings: ClientSettings, clock: Clock) {
    this.#settings = settings
    this.#clock = clock
  }

  /** The text of the answer. Throws `RowlockError`, or the reason of the caller's signal. */
  async send(call: Call): Promise<string> {
    const { signal, idempotencyKey } = call.options ?? {}
    const key = call.body === undefined ? null : (idempotencyKey ?? randomUuid())
    for (let failedCount = 0; ; failedCount++) {
      signal?.throwIfAborted()
      const answer = await this.#attempt(call, key)
      if (typeof answer === 'string') return answer
      const waitMs = this.#waitMs(answer, failedCount)
      if (waitMs === null) throw answer
      await this.#clock.sleep(waitMs, signal ?? NEVER)
    }
  }

  /**
   * The parts of a long answer's text as they come. Until it begins, the call is repeated as any
   * other is; an answer that breaks off throws `no_answer`.
   */
  async *parts(call: Call): AsyncGenerator<string, void, void> {
    const { signal } = call.options ?? {}
    for (let failedCount = 0; ; failedCount++) {
      signal?.throwIfAborted()
      const attempt = this.#begin(call)
      let failure: RowlockError
      let hasBegun = false
      try {
        const response = await this.request(call, null, attempt.signal)
        attempt.heard()
        hasBegun = response.ok
        if (response.ok) return yield* textOf(response, attempt.heard)
        failure = refusalOf(response, await response.text(), null)
      } catch (cause) {
        signal?.throwIfAborted()
        failure = noAnswer(cause)
      } finally {
        attempt.end()
      }
      const waitMs = hasBegun ? null : this.#waitMs(failure, failedCount)
      if (waitMs === null) throw failure
      await this.#clock.sleep(waitMs, signal ?? NEVER)
    }
  }

  /**
   * One request. Resolves when its headers are there; the body is the caller's to read. With
   * cookies, who is not known is asked for again once the session is renewed.
   */
  async request(call: Call, idempotencyKey: string | null, signal: AbortSignal): Promise<Response> {
    const response = await this.#fetch(call, idempotencyKey, signal)
    const isRenewable = response.status === 401 && this.#settings.cookies === true
    if (!isRenewable || NOT_RENEWED.includes(call.path)) return response
    return (await this.#refresh()) ? this.#fetch(call, idempotencyKey, signal) : response
  }

  async #fetch(call: Call, idempotencyKey: string | null, signal: AbortSignal): Promise<Response> {
    const { server, cookies = false, fetch = globalThis.fetch } = this.#settings
    const headers: Record<string, string> = {}
    const bearer = await this.#bearer()
    if (bearer !== null) headers.authorization = `Bearer ${bearer}`
    if (call.body !== undefined) headers['content-type'] = 'application/json'
    if (idempotencyKey !== null) headers['idempotency-key'] = idempotencyKey
    if (cookies && call.body !== undefined) headers['rowlock-csrf'] = '1'
    if (cookies && this.#isSignedIn) headers['rowlock-session'] = 'expected'
    const response = await fetch(
      `${server.replace(/\/+$/, '')}${call.path}${queryOf(call.query)}`,
      {
        method: call.method,
        headers,
        signal,
        credentials: cookies ? 'same-origin' : 'omit',
        ...(call.body !== undefined && { body: JSON.stringify(call.body) }),
      },
    )
    this.#isSignedIn = isSignedInAfter(call, response) ?? this.#isSignedIn
    return response
  }

  async #bearer(): Promise<string | null> {
    const { key, token } = this.#settings
    if (key !== undefined || token === undefined) return key ?? null
    return typeof token === 'function' ? token() : token
  }

  /**
   * Renews the session once for everyone who finds it too old: a second renewal would use a used
   * token.
   */
  #refresh(): Promise<boolean> {
    this.#refreshing ??= this.#renew().finally(() => {
      this.#refreshing = null
    })
    return this.#refreshing
  }

  async #renew(): Promise<boolean> {
    const call: Call = { method: 'POST', path: REFRESH, body: {} }
    const signal = AbortSignal.timeout(this.#settings.timeoutMs ?? TIMEOUT_MS)
    const response = await this.#fetch(call, null, signal)
    await response.text()
    return response.ok
  }

  async #attempt(call: Call, key: string | null): Promise<string | RowlockError> {
    const { signal, onPart } = call.options ?? {}
    const attempt = this.#begin(call)
    try {
      const response = await this.request(call, key, attempt.signal)
      attempt.heard()
      let text = ''
      for await (const part of textOf(response, attempt.heard)) {
        if (response.ok) onPart?.(part, text === '')
        text += part
      }
      return response.ok ? text : refusalOf(response, text, key)
    } catch (cause) {
      signal?.throwIfAborted()
      return noAnswer(cause, key)
    } finally {
      attempt.end()
    }
  }

  /** An attempt ends with the caller's signal, and when it hears nothing for too long. */
  #begin({ options = {} }: Call) {
    const { signal, timeoutMs = this.#settings.timeoutMs ?? TIMEOUT_MS } = options
    const attempt = new AbortController()
    const abort = () => attempt.abort(signal?.reason)
    signal?.addEventListener('abort', abort)
    const heard = watchSilence(this.#clock, timeoutMs, attempt)
    const end = () => {
      signal?.removeEventListener('abort', abort)
      attempt.abort()
    }
    return { signal: attempt.signal, heard, end }
  }

  /** Milliseconds before the next attempt, or null when there is to be none. */
  #waitMs(error: RowlockError, failedCount: number): number | null {
    if (!isRetryable(error.status) || failedCount >= (this.#settings.retries ?? RETRIES))
      return null
    const askedMs = (error.details.retryAfterSeconds ?? 0) * 1000
    if (askedMs > RETRY_AFTER_MS_MAX) return null
    return askedMs + backoffMs(this.#clock, failedCount, BACKOFF)
  }
}

/** Reads the body in parts, telling when there is something to hear. */
async function* textOf({ body }: Response, heard: () => void): AsyncGenerator<string, void, void> {
  const reader = body?.getReader()
  // What a file begins with belongs to it.
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true })
  for (;;) {
    const { done = true, value } = (await reader?.read()) ?? {}
    heard()
    const part = decoder.decode(value, { stream: !done })
    if (part !== '') yield part
    if (done) return
  }
}

/**
 * Ends an attempt that hears nothing for too long; call what it gives when something is heard.
 * The time in all does not count: over a slow line a large house comes in for minutes.
 */
function watchSilence(clock: Clock, limitMs: number, attempt: AbortController): () => void {
  let heardAt = clock.now()
  const watch = async () => {
    while (!attempt.signal.aborted) {
      const leftMs = heardAt + limitMs - clock.now()
      if (leftMs <= 0) attempt.abort(new Error(`Nothing heard for ${limitMs} ms.`))
      else await clock.sleep(leftMs, attempt.signal)
    }
  }
  void watch()
  return () => {
    heardAt = clock.now()
  }
}

const NEVER = new AbortController().signal

/** Reads from an answer whether somebody is signed in; null where it says nothing. */
function isSignedInAfter({ path }: Call, { ok, status }: Response): boolean | null {
  if (path === REFRESH) return ok || (status === 401 ? false : null)
  if (!ok) return null
  if (path === '/v1/sessions' || path === '/v1/me') return true
  return ENDINGS.includes(path) ? false : null
}

/** The error where nothing came back. `cause` says what went wrong. */
export function noAnswer(cause: unknown, idempotencyKey: string | null = null): RowlockError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new RowlockError({
    code: 'no_answer',
    message: `The server did not answer: ${why}`,
    idempotencyKey,
    cause,
  })
}

function queryOf(query: Call['query']): string {
  const given = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) given.set(name, String(value))
  }
  return given.size === 0 ? '' : `?${given}`
}
