/**
 * `@rowlock/client` and `@rowlock/seat-map` out of what `npm run build` has made: one module each,
 * and types that need nothing else. Both work without the 120 MB that a server takes.
 */
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'
import { wireTypes, ZOD_STUB } from './packages/wire-types.ts'
import { buildWrappers } from './packages/wrappers.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const CLIENT = join(ROOT, 'packages/client/dist')
const SEAT_MAP = join(ROOT, 'packages/seat-map/dist')

/** Parts of the protocol that are types and constants alone. */
const PLAIN = ['errors', 'ids', 'labels', 'limits', 'plan']

for (const directory of [CLIENT, SEAT_MAP]) await rm(directory, { recursive: true, force: true })
await build({
  configFile: false,
  logLevel: 'warn',
  build: {
    target: 'es2022',
    outDir: CLIENT,
    emptyOutDir: true,
    minify: false,
    lib: {
      entry: join(ROOT, 'src/client/index.ts'),
      formats: ['es'],
      fileName: () => 'index.js',
    },
  },
})
await copyTypes(join(ROOT, 'dist/src/client'), join(CLIENT, 'client'), (text) =>
  text.replace("from 'zod'", "from '../zod.js'"),
)
for (const name of PLAIN) {
  const path = `protocol/${name}.d.ts`
  const text = await readFile(join(ROOT, 'dist/src', path), 'utf8')
  // All types of the wire are in one file there.
  await put(
    join(CLIENT, path),
    text.replaceAll(/'\.\/schemas\/[\w-]+\.ts'/g, "'./schemas/index.js'"),
  )
}
await put(join(CLIENT, 'zod.d.ts'), ZOD_STUB)
await put(join(CLIENT, 'protocol/schemas/index.d.ts'), await wireTypes())
await put(
  join(CLIENT, 'protocol/index.d.ts'),
  [...PLAIN, 'schemas/index'].map((name) => `export * from './${name}.js'\n`).join(''),
)
await mkdir(SEAT_MAP, { recursive: true })
await cp(join(ROOT, 'dist/web/seat-map.js'), join(SEAT_MAP, 'seat-map.js'))
await buildWrappers(SEAT_MAP)
await copyTypes(join(ROOT, 'dist/web/types/web/seat-map'), join(SEAT_MAP, 'types'), (text) =>
  text.replaceAll(/'(?:\.\.\/)+src\/(?:client|protocol)\/index\.(?:ts|js)'/g, "'@rowlock/client'"),
)
await copyTypes(join(ROOT, 'dist/web/types/web/wrappers'), join(SEAT_MAP, 'types'), (text) =>
  text.replaceAll(/'\.\.\/seat-map\/index\.(?:ts|js)'/g, "'@rowlock/seat-map'"),
)

/** Declarations of a directory, and of those below it. */
async function copyTypes(from: string, to: string, change: (text: string) => string) {
  for (const path of await readdir(from, { recursive: true })) {
    if (!path.endsWith('.d.ts')) continue
    const text = await readFile(join(from, path), 'utf8')
    await put(join(to, path), change(text).replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"))
  }
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
