/**
 * The documentation as a site that needs no server: `dist/web/docs`. Pages of Markdown, the
 * reference made from openapi.json, pages of errors, an index to search, and the same for programs.
 */
import { hash } from 'node:crypto'
import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import MiniSearch from 'minisearch'
import { build } from 'vite'
import { type ApiPage, apiPages } from './docs/api-pages.ts'
import { errorPages } from './docs/error-pages.ts'
import { atomFeed, llmsText } from './docs/feeds.ts'
import { type Frame, layout } from './docs/layout.ts'
import type { Document } from './docs/openapi.ts'
import { type Group, groupsOf, type Page, ROOT, readPages } from './docs/pages.ts'
import { postmanCollection } from './docs/postman.ts'
import { type Heading, render } from './docs/render.ts'
import { type Searched, searchIndex, sectionsOf } from './docs/search-index.ts'

const OUT = join(ROOT, 'dist/web/docs')

/** Writes the whole site; `out` elsewhere for tests. */
export async function buildDocs(out = OUT): Promise<void> {
  await rm(out, { recursive: true, force: true })
  await buildScript(out)
  const written = await readPages()
  const document = JSON.parse(await readFile(join(ROOT, 'openapi.json'), 'utf8')) as Document
  const api = apiPages(document)
  const all = new Map<string, Page>([...written, ...api].map((page) => [page.slug, page]))
  const [index, reference] = [all.get(''), all.get('reference/errors')]
  if (index === undefined || reference === undefined) throw new Error('docs/ lacks its index')
  const groups = withRest(groupsOf(index), written, api)
  const frame: Frame = { groups, pages: all, stamp: await stampOf(out) }
  const errors = errorPages(reference)
  const searched: Searched[] = []
  for (const page of [...all.values(), ...errors]) await writePage(out, page, frame, searched)
  await put(out, 'search.json', JSON.stringify(searchIndex(searched, MiniSearch)))
  await put(out, 'llms.txt', llmsText(groups, all))
  const changelog = all.get('changelog')?.markdown ?? ''
  await put(out, 'changelog.atom', atomFeed(changelog, new Date()))
  await put(out, 'postman.json', JSON.stringify(postmanCollection(document), null, 1))
  await cp(join(ROOT, 'docs/images'), join(out, 'images'), { recursive: true })
  // Last: it stands for all that is made.
  await put(out, 'index.html', await readFile(join(out, 'start.html'), 'utf8'))
  await rm(join(out, 'start.html'))
}

async function writePage(
  out: string,
  page: Page,
  frame: Frame,
  searched: Searched[],
): Promise<void> {
  const made = page.html === undefined ? render(page.markdown, page.file) : (page as ApiPage)
  const { html, headings }: { html: string; headings: readonly Heading[] } = made
  const name = page.slug === '' ? 'start' : page.slug
  await put(out, `${name}.html`, layout(page, html, headings, frame))
  if (!page.slug.startsWith('errors/')) {
    await put(out, `${page.slug === '' ? 'index' : page.slug}.md`, page.markdown)
  }
  searched.push(...sectionsOf(page, html, headings))
}

/** Adds what the index does not name: decisions, and the pages of the API. */
function withRest(
  groups: readonly Group[],
  written: readonly Page[],
  api: readonly Page[],
): Group[] {
  const named = new Set(groups.flatMap(({ slugs }) => slugs))
  const rest = written.map(({ slug }) => slug).filter((slug) => slug !== '' && !named.has(slug))
  const isDecision = (slug: string) => slug.startsWith('decisions/')
  return [
    ...groups.map(({ title, slugs }) => {
      const isWhy = slugs.includes('decisions')
      return { title, slugs: isWhy ? [...slugs, ...rest.filter(isDecision)] : slugs }
    }),
    { title: 'The API', slugs: api.map(({ slug }) => slug) },
    { title: 'The project', slugs: rest.filter((slug) => !isDecision(slug)) },
  ]
}

async function buildScript(out: string): Promise<void> {
  await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      target: 'es2022',
      outDir: out,
      emptyOutDir: false,
      lib: {
        entry: join(ROOT, 'web/docs/main.ts'),
        formats: ['es'],
        fileName: () => 'docs.js',
      },
      rolldownOptions: { output: { minify: true } },
    },
  })
  await cp(join(ROOT, 'web/docs/docs.css'), join(out, 'docs.css'))
}

async function stampOf(out: string): Promise<string> {
  const names = (await readdir(out)).toSorted()
  const texts = await Promise.all(names.map((name) => readFile(join(out, name), 'utf8')))
  return hash('sha256', texts.join('')).slice(0, 8)
}

async function put(out: string, name: string, text: string): Promise<void> {
  await mkdir(dirname(join(out, name)), { recursive: true })
  await writeFile(join(out, name), text)
}
