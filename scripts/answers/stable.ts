import { hash } from 'node:crypto'

/** Instant of everything in the story, as far as its readers see. */
const BASE_MS = Date.parse('2026-12-01T18:00:00.000Z')
/** Grain of time: what a story takes is less, and what it sets is more. */
const GRAIN_MS = 60_000
const NEAR_MS = 40 * 86_400_000

/** Fields whose values open something, or say something of the machine. */
const HIDDEN: Readonly<Record<string, (value: string) => string>> = {
  secret: (value) =>
    value.includes('_') ? `${value.split('_')[0]}_${'EXAMPLE'.repeat(6)}` : 'JBSWY3DPEHPK3PXP',
  prefix: () => 'rlp_EXAMPLE1',
  accessToken: () => 'EXAMPLE'.repeat(6),
  refreshToken: () => 'EXAMPLE'.repeat(6),
  token: () => 'EXAMPLE'.repeat(6),
  path: (value) => value.replace(/=.*/, `=${'EXAMPLE'.repeat(6)}`),
  uri: (value) => value.replace(/secret=\w+/, 'secret=JBSWY3DPEHPK3PXP'),
  agent: () => 'Mozilla/5.0',
  host: (value) => value.replace(/^127.*$/, 'tickets.example'),
}
const NUMBERS: Readonly<Record<string, number>> = {
  memoryBytes: 134_217_728,
  tookMs: 12,
  lateMs: 0.4,
  seconds: 0.04,
  idle: 3,
}

/** Puts an answer down with ids, times and secrets that are the same after each recording. */
export function stable(value: unknown, startedAt: number): unknown {
  const ids = new Map<string, string>()
  const counts = new Map<string, number>()
  const idOf = (found: string, prefix: string, length: number) => {
    const known = ids.get(found)
    if (known !== undefined) return known
    const count = (counts.get(prefix) ?? 0) + 1
    counts.set(prefix, count)
    const made = prefix + hash('sha256', `${prefix}${count}`).slice(0, length)
    ids.set(found, made)
    return made
  }
  const moved = (ms: number) => BASE_MS + Math.round((ms - startedAt) / GRAIN_MS) * GRAIN_MS
  const text = (whole: string): string =>
    whole
      .replace(/\b([a-z_]+_)[0-9a-f]{32}\b/g, (id, prefix) => idOf(id, prefix, 32))
      .replace(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, (id) =>
        idOf(id, '', 32).replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/, '$1-$2-4$3-8$4-$5'),
      )
      .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/g, (time) => {
        const ms = Date.parse(time)
        return Math.abs(ms - startedAt) > NEAR_MS ? time : new Date(moved(ms)).toISOString()
      })
      .replace(/http:\/\/127\.0\.0\.1:\d+/g, 'https://shop.example')
  const walk = (part: unknown, name = ''): unknown => {
    if (Array.isArray(part)) return part.map((item) => walk(item, name))
    if (typeof part === 'object' && part !== null) {
      return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, walk(item, key)]))
    }
    if (typeof part === 'number') {
      const isTime = Math.abs(part - startedAt) < NEAR_MS
      return NUMBERS[name] ?? (isTime ? moved(part) : part)
    }
    if (typeof part !== 'string') return part
    return HIDDEN[name]?.(part) ?? text(name === 'recoveryCodes' ? 'EXAM-PLE0' : part)
  }
  return walk(value)
}
