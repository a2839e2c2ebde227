import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const WRAPPERS = fileURLToPath(new URL('../../web/wrappers', import.meta.url))

/**
 * The components of `@rowlock/seat-map`. Frameworks and the element stay imports: a page that has
 * two copies of one of them has neither.
 */
export async function buildWrappers(outDir: string): Promise<void> {
  const names = ['jsx', 'react', 'vue']
  await build({
    configFile: false,
    logLevel: 'warn',
    resolve: {
      alias: [{ find: '../seat-map/index.ts', replacement: '@rowlock/seat-map' }],
    },
    build: {
      target: 'es2022',
      outDir,
      emptyOutDir: false,
      minify: false,
      lib: {
        entry: Object.fromEntries(names.map((name) => [name, join(WRAPPERS, `${name}.ts`)])),
        formats: ['es'],
        fileName: (_format, name) => `${name}.js`,
      },
      rolldownOptions: {
        external: ['@rowlock/seat-map', 'react', 'vue'],
        output: {
          chunkFileNames: '[name].js',
          // Where pages are made of server components, this is one for browsers.
          banner: ({ name }) => (name === 'react' ? "'use client'" : ''),
        },
      },
    },
  })
}
