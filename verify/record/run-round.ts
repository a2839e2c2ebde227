import { setTimeout as delay } from 'node:timers/promises'
import { createRandom } from '../../rig/index.ts'
import type { Entry, Line, Mark } from '../history/history.ts'
import { EventFollower } from './event-follower.ts'
import { HookReceiver } from './hook-receiver.ts'
import { ShowListener } from './listener.ts'
import { openScene, Player } from './player.ts'
import { type Caller, Recorder } from './recorder.ts'
import { SHOW_SPECS } from './show-specs.ts'
import type { Stage } from './stage.ts'
import { now, type Wire } from './wire.ts'

/** One round: shows of its own, played for some seconds, with all that was seen. */
export interface RoundSettings {
  readonly seed: string
  readonly no: number
  readonly seconds: number
  readonly clientCount: number
  /** Shows of each kind that are played on at once. */
  readonly showsOfEach: number
  readonly prefix: string
  readonly wires: readonly Wire[]
  readonly stage: Stage
  /** True when the servers can reach a receiver of webhooks in this process. */
  readonly isHooked: boolean
  readonly staff: readonly string[]
  /** Something that is done to the system in the middle of the round. */
  readonly disturb?: (round: { readonly endAt: number; mark(mark: Mark): void }) => Promise<void>
}

/**
 * A lease of a server that was killed has run out by then (half a minute), and an event that failed
 * twice was sent a third time (5 s and half a minute later).
 */
const LISTEN_MS_MAX = 120_000

/** Plays a round, hands each line of its history to `write`, and counts the attempts. */
export async function runRound(
  settings: RoundSettings,
  write: (line: Line) => void,
): Promise<number> {
  const { seed, no, wires, stage, staff, prefix, clientCount } = settings
  const callers = await stage.callers()
  const servers = wires.map(({ url }) => url)
  write({ line: 'run', seed: `${seed}/${no}`, servers, staff, startedAt: now() })
  const specs = Array.from({ length: settings.showsOfEach }, () => SHOW_SPECS).flat()
  const shows = await Promise.all(
    specs.map((spec, index) => stage.makeShow(`${prefix}-${no}-${index + 1}-${spec.name}`, spec)),
  )
  for (const show of shows) write(show)
  const keys = shows.map(({ key }) => key)
  const hook = settings.isHooked ? await openHook(settings, keys, write) : null
  const listeners = shows.map(({ key }, index) => {
    return new ShowListener(servers[index % servers.length] as string, key, index, write)
  })
  const recorder = new Recorder(wires, write)
  const scenes = shows.map(openScene)
  const readers = callers.filter(({ sells }) => sells)
  const followers = keys.map((key, index) => {
    return new EventFollower(recorder, readers[(no + index) % readers.length] as Caller, key)
  })
  const endAt = now() + settings.seconds * 1000
  const players = Array.from({ length: clientCount }, (_, index) => {
    const caller = callers[index % callers.length] as Caller
    return new Player(recorder, createRandom(`${seed}/${no}/${index}`), caller, scenes)
  })
  const mark = (one: Mark) => write(one)
  const disturbance = settings.disturb?.({ endAt, mark }) ?? Promise.resolve()
  await Promise.all([...players.map((player) => player.play(endAt)), disturbance])
  await finish(settings, keys, { listeners, followers, hook }, write)
  return recorder.count
}

/** A webhook of a round, and who is called by it. */
interface Hook {
  readonly id: string
  readonly receiver: HookReceiver
}

/** A round this long can wait for what is told again after a refusal. */
const LONG_ROUND_SECONDS = 8
const REFUSED_NO = 20

async function openHook(
  { stage, seconds }: RoundSettings,
  shows: readonly string[],
  write: (line: Line) => void,
): Promise<Hook> {
  const receiver = await HookReceiver.open(write)
  const { id, secret } = await stage.hook(receiver.url, shows)
  receiver.expect(secret, seconds >= LONG_ROUND_SECONDS ? REFUSED_NO : null)
  return { id, receiver }
}

/** Everybody who is told what happens. */
interface Ears {
  readonly listeners: readonly ShowListener[]
  readonly followers: readonly EventFollower[]
  readonly hook: Hook | null
}

/**
 * The witness: journals, and listeners that heard it all. A request whose sender was cut off may
 * still be under way, so a journal is read again when nobody listens any more: it then has
 * whatever was heard. What came in between nobody could hear, and nothing is said of its end.
 */
async function finish(
  { stage }: RoundSettings,
  shows: readonly string[],
  { listeners, followers, hook }: Ears,
  write: (line: Line) => void,
): Promise<void> {
  const lastOf = (entries: readonly Entry[]) => entries.at(-1)?.version ?? 0
  const giveUpAt = now() + LISTEN_MS_MAX
  const untilTold = async (show: string, entries: readonly Entry[]) => {
    while (hook && !hook.receiver.hasAll(show, entries) && now() < giveUpAt) await delay(50)
  }
  const finishShow = async (show: string, listener: ShowListener, follower: EventFollower) => {
    // By then holds have run out, and nothing is under way any more.
    const soFar = await stage.journal(show)
    if (hook) await untilTold(show, soFar)
    while (!follower.hasAll(soFar) && now() < giveUpAt) await delay(50)
    write(await follower.close())
    const last = lastOf(await stage.journal(show))
    while (listener.version < last && now() < giveUpAt) await delay(20)
    listener.close()
    const entries = await stage.journal(show)
    write({ line: 'journal', show, entries })
    const isWhole = lastOf(entries) === last || listener.version < last
    if (isWhole) write({ line: 'heard', show, version: listener.version })
    if (hook) {
      await untilTold(show, entries)
      write({ line: 'told', show })
    }
  }
  await Promise.all(
    shows.map((show, index) => {
      return finishShow(show, listeners[index] as ShowListener, followers[index] as EventFollower)
    }),
  )
  if (hook) {
    await stage.unhook(hook.id)
    await hook.receiver.close()
  }
  await Promise.all(shows.map((show) => stage.cancel(show)))
}
