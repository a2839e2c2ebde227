/** Test of what README and the guides show as code. */
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Block, blocksOf } from './blocks.ts'

const ROOT = fileURLToPath(new URL('../../', import.meta.url))
/** Declarations that the text around a fragment has made before. */
const GIVEN = `
declare const rowlock: import('rowlock/client').Client
declare const show: string
declare const hold: string
declare const id: string
declare const email: string
declare const password: string
declare function draw(view: unknown, seats: unknown): void
declare function showBanner(status: string, retryInMs: number | null): void
`

const guides = (await readdir(join(ROOT, 'docs/guides'))).map((name) => `docs/guides/${name}`)
const pages = await Promise.all(['README.md', ...guides].map((page) => blocksOf(page)))
const samples = await samplesOfReference()
const blocks = [...pages.flat(), ...samples].filter(({ language }) => /^tsx?$/.test(language))
await mkdir(join(ROOT, 'test-output'), { recursive: true })
const directory = await mkdtemp(join(ROOT, 'test-output', 'guides-'))
after(() => rm(directory, { recursive: true, force: true }))

/** The samples that the reference of the API shows. */
async function samplesOfReference(): Promise<Block[]> {
  const { paths } = JSON.parse(await readFile(join(ROOT, 'openapi.json'), 'utf8'))
  const operations = Object.values(paths as object).flatMap((methods) => Object.values(methods))
  return operations.flatMap((operation) => {
    const { operationId, 'x-codeSamples': all } = operation as Sampled
    const [sample] = all.filter(({ label }) => label === 'TypeScript')
    return [{ page: `openapi-${operationId}`, language: 'ts', text: `${sample?.source}\n` }]
  })
}

interface Sampled {
  readonly operationId: string
  readonly 'x-codeSamples': readonly { label: string; source: string }[]
}

/** A block as a module; what it does not declare itself is given. */
function moduleOf({ text }: Block): string {
  const given = GIVEN.split('\n').filter((line) => {
    const name = /declare (?:const|function) (\w+)/.exec(line)?.[1]
    return name === undefined || !new RegExp(`const (?:\\{[^}]*)?\\b${name}\\b`).test(text)
  })
  const imported = /RowlockError/.test(text) && !/import .*RowlockError/.test(text)
  const prelude = imported ? "import { RowlockError } from 'rowlock/client'\n" : ''
  return `${prelude}${text}\n${given.join('\n')}\nexport {}\n`
}

describe('code of the documentation', () => {
  test(`${blocks.length} blocks of TypeScript compile`, async () => {
    assert.ok(blocks.length >= 8)
    await Promise.all(
      blocks.map((block, index) => {
        const name = block.page.replaceAll(/\W+/g, '-')
        const file = `${name}-${index}.${block.language}`
        return writeFile(join(directory, file), moduleOf(block))
      }),
    )
    const compilerOptions = {
      noUnusedLocals: false,
      allowImportingTsExtensions: true,
      rewriteRelativeImportExtensions: false,
      jsx: 'react-jsx',
      lib: ['es2024', 'dom', 'dom.iterable'],
      paths: {
        'rowlock/client': ['../../src/client/index.ts'],
        '@rowlock/client': ['../../src/client/index.ts'],
        '@rowlock/seat-map/react': ['../../web/wrappers/react.ts'],
      },
    }
    const config = {
      extends: '../../tsconfig.json',
      compilerOptions,
      include: ['*.ts', '*.tsx', '../../web/css.d.ts'],
      exclude: [],
    }
    await writeFile(join(directory, 'tsconfig.json'), JSON.stringify(config))
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc')
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, [tsc, '--noEmit', '-p', directory], (_error, stdout) => {
        resolve(stdout)
      })
    })
    assert.equal(said, '')
  })
})
