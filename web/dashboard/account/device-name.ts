const BROWSERS = [
  ['Edg', 'Edge'],
  ['OPR', 'Opera'],
  ['Firefox', 'Firefox'],
  ['Chrome', 'Chrome'],
  ['Safari', 'Safari'],
] as const
const SYSTEMS = [
  ['iPhone', 'iPhone'],
  ['iPad', 'iPad'],
  ['Android', 'Android'],
  ['Windows', 'Windows'],
  ['Mac OS', 'Mac'],
  ['Linux', 'Linux'],
] as const

/** Names a device by its `User-Agent`: `Firefox on Windows`; the first word of another program. */
export function deviceName(agent: string | null): string {
  if (agent === null || agent.trim() === '') return 'Unknown device'
  const nameIn = (names: readonly (readonly [string, string])[]) =>
    names.find(([word]) => agent.includes(word))?.[1]
  const [browser, system] = [nameIn(BROWSERS), nameIn(SYSTEMS)]
  if (browser === undefined) return agent.split(/[\s/]/)[0] ?? agent
  return system === undefined ? browser : `${browser} on ${system}`
}
