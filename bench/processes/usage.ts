/** Reads what processes use of the processor and of memory, as Linux tells it in /proc. */
import { readdirSync, readFileSync } from 'node:fs'

/** Processes that are looked at together, found anew at every look. */
export type ProcessGroups = Readonly<Record<string, () => readonly number[]>>

/** Resources that a group used while it was watched. */
export interface Usage {
  readonly group: string
  /** Processor seconds (user and system) per second: 1 is a whole core. */
  readonly cores: number
  /** Largest sum of private memory (RssAnon) seen, in MB: shared buffers are not counted. */
  readonly memoryMb: number
}

/** `getconf CLK_TCK` has been 100 on every Linux for decades. */
const TICKS_PER_SECOND = 100
const LOOK_EVERY_MS = 250

/** Watches the groups while `work` runs. Nothing is said where there is no /proc. */
export async function watchUsage<Value>(
  groups: ProcessGroups,
  work: () => Promise<Value>,
): Promise<{ value: Value; usage: Usage[] }> {
  const before = ticksOfAll(groups)
  const peaks = new Map<string, number>()
  const look = () => {
    for (const [group, pids] of Object.entries(groups)) {
      const sum = pids().reduce((total, pid) => total + memoryMb(pid), 0)
      peaks.set(group, Math.max(peaks.get(group) ?? 0, sum))
    }
  }
  const latest = new Map(before)
  const follow = () => {
    look()
    for (const [pid, seen] of ticksOfAll(groups)) latest.set(pid, seen)
  }
  const startedAt = performance.now()
  const timer = setInterval(follow, LOOK_EVERY_MS)
  try {
    const value = await work()
    const seconds = (performance.now() - startedAt) / 1000
    follow()
    const usage = Object.keys(groups).map((group) => {
      let ticks = 0
      for (const [pid, seen] of latest) {
        if (seen.group === group) ticks += seen.ticks - (before.get(pid)?.ticks ?? 0)
      }
      const cores = ticks / TICKS_PER_SECOND / seconds
      return { group, cores, memoryMb: peaks.get(group) ?? 0 }
    })
    return { value, usage }
  } finally {
    clearInterval(timer)
  }
}

interface Seen {
  readonly group: string
  readonly ticks: number
}

function ticksOfAll(groups: ProcessGroups): Map<number, Seen> {
  const all = new Map<number, Seen>()
  for (const [group, pids] of Object.entries(groups)) {
    for (const pid of pids()) all.set(pid, { group, ticks: ticksOf(pid) })
  }
  return all
}

/** User and system time, fields 14 and 15; the name before them may hold blanks. */
function ticksOf(pid: number): number {
  const text = read(`/proc/${pid}/stat`)
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  return Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
}

function memoryMb(pid: number): number {
  return Number(/^RssAnon:\s+(\d+) kB/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0) / 1024
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

/** A process and those that it started: a postmaster with its backends. */
export function familyOf(parent: number): number[] {
  try {
    const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
    return [parent, ...pids.filter((pid) => parentOf(pid) === parent)]
  } catch {
    return []
  }
}

function parentOf(pid: number): number {
  return Number(/^PPid:\s+(\d+)/m.exec(read(`/proc/${pid}/status`))?.[1] ?? 0)
}
