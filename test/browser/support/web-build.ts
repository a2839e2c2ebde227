import { glob } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { madeOnce } from '../../support/made-once.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const SOURCES = ['package-lock.json', 'web/**/*.*', 'src/{client,plans,protocol}/**/*.ts']

/**
 * The directory that a server serves pages from, with the element and the dashboard built from the
 * sources as they are: once for all test files, which may run side by side.
 */
export async function useWebBuild(): Promise<string> {
  const sources = glob(SOURCES, { cwd: ROOT, exclude: (path) => path.includes('node_modules') })
  return madeOnce('web', sources, async (directory) => {
    // Loaded by the one that builds: it is a fifth of what such a test loads.
    const { build } = await import('vite')
    const at = (path: string) => join(ROOT, 'web', path)
    await build({
      configFile: at('vite.config.ts'),
      build: { outDir: directory, sourcemap: false },
    })
    await build({
      configFile: at('dashboard/vite.config.ts'),
      build: { outDir: join(directory, 'dashboard'), minify: false },
    })
  })
}
