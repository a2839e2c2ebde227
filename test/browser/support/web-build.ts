import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

/**
 * The element built from the sources as they are, into a directory of this test file's own: files
 * that run side by side must not write over each other.
 */
export async function useWebBuild(): Promise<string> {
  const outDir = await mkdtemp(join(tmpdir(), 'rowlock-web-'))
  after(() => rm(outDir, { recursive: true, force: true }))
  const configFile = fileURLToPath(new URL('../../../web/vite.config.ts', import.meta.url))
  await build({ configFile, build: { outDir, sourcemap: false } })
  return outDir
}
