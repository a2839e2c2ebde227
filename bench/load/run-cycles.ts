import { randomUUID } from 'node:crypto'
import type { HttpConnection } from '../../rig/index.ts'
import { connectTo, toRequest } from './request.ts'
import { expectStatus, type Tally } from './tally.ts'

/** A write under a key, like those of the SDK. */
export function keyed(path: string, body: string): string {
  return toRequest(path, body, { 'idempotency-key': randomUUID() })
}

/**
 * One cycle: a hold and its confirmation, with what they answer checked. The hold's time counts
 * from `cameAt`, in milliseconds of `performance.now()`.
 */
export async function buy(
  client: HttpConnection,
  tally: Tally,
  show: string,
  seats: readonly string[],
  cameAt: number = performance.now(),
): Promise<void> {
  const path = `/v1/shows/${show}/holds`
  const held = tally.see(await client.send(keyed(path, JSON.stringify({ seats }))))
  tally.record(performance.now() - cameAt)
  expectStatus(held, 201)
  const hold = JSON.parse(held.text) as { id: string; seats: string[] }
  if (hold.seats.join() !== seats.join()) throw new Error(`other seats: ${held.text}`)
  const booked = tally.see(await client.send(keyed(`${path}/${hold.id}/confirm`, '{}')))
  expectStatus(booked, 201)
  if (!booked.text.includes(`"hold":"${hold.id}"`)) throw new Error(`other: ${booked.text}`)
  tally.count += 1
}

/** The labels of a show's seats, in the order of their numbers. */
export async function readLabels(port: number, show: string): Promise<string[]> {
  const client = await connectTo(port)
  try {
    const answer = await client.send(toRequest(`/v1/shows/${show}/map`, null))
    expectStatus(answer, 200)
    return (JSON.parse(answer.text) as { seats: { labels: string[] } }).seats.labels
  } finally {
    client.close()
  }
}
