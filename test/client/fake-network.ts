/** Request of the client as it looked. */
export interface SentRequest {
  readonly url: string
  readonly method: string
  readonly key: string | null
  readonly body: string
  readonly headers: Headers
}

/** Answers a request; throws where the network fails. `number` counts all requests from 0. */
export type Respond = (request: SentRequest, number: number) => Response | Promise<Response>

/** A network that is a function, and remembers what it was asked. */
export function fakeNetwork(respond: Respond): { fetch: typeof fetch; sent: SentRequest[] } {
  const sent: SentRequest[] = []
  const fetch = async (
    url: Parameters<typeof globalThis.fetch>[0],
    init: RequestInit = {},
  ): Promise<Response> => {
    const headers = new Headers(init.headers)
    const request: SentRequest = {
      url: String(url),
      method: init.method ?? 'GET',
      key: headers.get('idempotency-key'),
      body: String(init.body ?? ''),
      headers,
    }
    sent.push(request)
    const aborted = new Promise<never>((_resolve, reject) => {
      const fail = () => reject(init.signal?.reason)
      if (init.signal?.aborted) fail()
      init.signal?.addEventListener('abort', fail)
    })
    aborted.catch(() => {})
    return await Promise.race([aborted, respond(request, sent.length - 1)])
  }
  return { fetch, sent }
}

/** A success. */
export function json(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), { status })
}

/** A refusal as the server writes it. */
export function problem(
  code: string,
  status: number,
  more: { headers?: Record<string, string>; body?: Record<string, unknown> } = {},
): Response {
  const headers = { 'content-type': 'application/problem+json', ...more.headers }
  return new Response(JSON.stringify({ code, status, title: code, ...more.body }), {
    status,
    headers,
  })
}
