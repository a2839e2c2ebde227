/**
 * Builds what browsers get: `npm run build:web` makes `dist/web` from `web/`. With `--if-needed`
 * only where a source is younger than what was made of it, so that `npm start` waits for nothing;
 * and a checkout without what builds (the dependencies of web/) starts with what is there.
 */
import { existsSync } from 'node:fs'
import { glob, stat, utimes } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

interface Part {
  /** Maker: a configuration of vite, or our own. */
  readonly config: string | (() => Promise<void>)
  /** Made last: it stands for all that is made. */
  readonly output: string
  readonly sources: readonly string[]
}

const SHARED = ['src/client/**/*.ts', 'src/protocol/**/*.ts', 'web/*.ts']
const PARTS: readonly Part[] = [
  {
    config: 'web/vite.config.ts',
    output: 'dist/web/seat-map.js',
    sources: [...SHARED, 'web/seat-map/**/*'],
  },
  {
    config: 'web/dashboard/vite.config.ts',
    output: 'dist/web/dashboard/index.html',
    sources: [...SHARED, 'src/plans/**/*.ts', 'web/**/*'],
  },
  {
    config: async () => (await import('./build-docs.ts')).buildDocs(),
    output: 'dist/web/docs/index.html',
    sources: [
      'openapi.json',
      '*.md',
      'docs/**/*',
      'examples/*.md',
      'src/protocol/errors.ts',
      'src/server/openapi/*.json',
      'scripts/docs/*',
      'web/docs/*',
    ],
  },
]

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { 'if-needed': { type: 'boolean', default: false } } })
process.chdir(root)

for (const part of PARTS) {
  if (values['if-needed'] && !(await isStale(part))) continue
  await make(part)
}

async function isStale({ output, sources }: Part): Promise<boolean> {
  const madeAt = await changedAt(output)
  for await (const file of glob([...sources])) {
    if ((await changedAt(file)) > madeAt) return true
  }
  return madeAt === 0
}

async function changedAt(path: string): Promise<number> {
  const stats = await stat(path).catch(() => null)
  return stats?.isFile() ? stats.mtimeMs : 0
}

async function make({ config, output }: Part): Promise<void> {
  if (typeof config === 'string' && !existsSync(config)) return
  const vite = await import('vite').catch(() => null)
  if (vite === null) {
    console.error(`${output} is not built: that takes what "npm ci" installs for web/.`)
    return
  }
  try {
    await (typeof config === 'string' ? vite.build({ configFile: config }) : config())
    // A file that came out the same may have been left alone.
    await utimes(output, new Date(), new Date())
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    // The API starts without its pages.
    if (!values['if-needed']) process.exitCode = 1
  }
}
