/** A request as it goes over the wire, so that it can be sent again exactly. */
export interface Call {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'PUT'
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  /** Sent as JSON, or as it is when it is text. */
  readonly body?: unknown
}

/** Answer that came back. A body that is not JSON is kept as `{ text }`. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly body: Readonly<Record<string, unknown>>
}

/** Sends a request to a server. Throws when the connection breaks before the answer is complete. */
export async function send(baseUrl: string, call: Call): Promise<Answer> {
  const { method, path, body } = call
  const isText = typeof body === 'string'
  const type = isText ? 'text/csv' : 'application/json'
  const response = await fetch(`${baseUrl}${path}`, {
    method,
    headers: { ...(body === undefined ? {} : { 'content-type': type }), ...call.headers },
    ...(body === undefined ? {} : { body: isText ? body : JSON.stringify(body) }),
  })
  return {
    status: response.status,
    headers: response.headers,
    body: parse(await response.text(), response.headers.get('content-type') ?? ''),
  }
}

function parse(text: string, type: string): Record<string, unknown> {
  if (!/\bjson\b/.test(type) || text === '') return { text }
  return JSON.parse(text) as Record<string, unknown>
}
