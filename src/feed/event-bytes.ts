import type { ShowChange, ShowSnapshot } from '../protocol/index.ts'

/** A comment, which clients skip: it keeps the connection alive, and finds out when it is not. */
export const HEARTBEAT = Buffer.from(':\n\n')

/** An event as it goes over the wire, written once for everybody who gets it. */
export function snapshotBytes(snapshot: ShowSnapshot): Buffer {
  return eventBytes('snapshot', snapshot)
}

/** Bytes of a change. */
export function changeBytes(change: ShowChange): Buffer {
  return eventBytes('change', change)
}

/** Asks for a pause of so many milliseconds before the next connection. */
export function retryBytes(ms: number): Buffer {
  return Buffer.from(`retry: ${ms}\n\n`)
}

function eventBytes(type: string, event: ShowChange | ShowSnapshot): Buffer {
  return Buffer.from(`event: ${type}\nid: ${event.version}\ndata: ${JSON.stringify(event)}\n\n`)
}
