import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { LAYERS } from './rules/imports.ts'
import { deadLinks, lostPages } from './rules/pages.ts'
import { ROOT_DIR, readSource, sourceFile, sourceFiles } from './rules/source-file.ts'

const PAGES = [...sourceFiles(['docs'], ['.md']), ...sourceFiles([''], ['.md'])].filter(
  ({ path }, index, all) =>
    (path.startsWith('docs/') || !path.includes('/')) &&
    all.findIndex((each) => each.path === path) === index,
)

describe('pages', () => {
  it('link only to what is in the repository', () => {
    assert.ok(PAGES.length > 20)
    assert.deepEqual(
      deadLinks(PAGES, (path) => existsSync(join(ROOT_DIR, path))),
      [],
    )
  })

  it('are all reached from the index of the documentation', () => {
    const docs = PAGES.filter(({ path }) => path.startsWith('docs/'))
    assert.deepEqual(lostPages(docs, 'docs/README.md'), [])
  })

  it('tell the layers that the rules enforce', () => {
    const rows = [...(readSource('docs/architecture.md') ?? '').matchAll(/^\| `(\w+)` \|(.*)\|$/gm)]
    const told = rows.map(([, layer, list = '']) => [layer, list.match(/\w+/g) ?? []])
    assert.deepEqual(Object.fromEntries(told), LAYERS)
  })
})

describe('the rules of pages can fail', () => {
  const page = (path: string, text: string) => sourceFile(path, text)

  it('on a link to nothing, but not on one to the world or to a heading', () => {
    const text = '[a](b.md#c) [d](https://e.example) [f](#g)'
    assert.deepEqual(
      deadLinks([page('docs/a.md', text)], () => false),
      ['docs/a.md:1: links to docs/b.md, which is not there'],
    )
  })

  it('on a page that nobody links to', () => {
    const paths = ['docs/b.md', 'docs/c.md', 'docs/d/e.md']
    const others = paths.map((path) => page(path, ''))
    const start = page('docs/a.md', '[b](b.md) [d](d/)')
    assert.deepEqual(lostPages([start, ...others], 'docs/a.md'), ['docs/c.md'])
  })
})
