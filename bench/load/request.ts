import { HttpConnection, toRequest as toText } from '../../rig/index.ts'

/** The text of a request. With a body it is a POST. */
export function toRequest(
  path: string,
  body: string | null,
  headers: Readonly<Record<string, string>> = {},
): string {
  return toText(body === null ? 'GET' : 'POST', path, { host: 'bench', ...headers }, body)
}

/** A connection to a server on this machine. */
export function connectTo(port: number): Promise<HttpConnection> {
  return HttpConnection.open({ host: '127.0.0.1', port })
}
