import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, normalize } from 'node:path/posix'
import { fileURLToPath } from 'node:url'

export const ROOT: string = fileURLToPath(new URL('../..', import.meta.url))

/** One page of the site. */
export interface Page {
  /** Its address below `/docs/`; empty for the index. */
  readonly slug: string
  readonly title: string
  readonly markdown: string
  /** One sentence about it, for lists. */
  readonly about: string
  /** Path in the repository; null for a page that is made. */
  readonly file: string | null
  /** Part beside the text, as HTML: the reference of the API has its own. */
  readonly html?: string
}

/** A group of the navigation. */
export interface Group {
  readonly title: string
  readonly slugs: readonly string[]
}

/** Pages that do not lie in `docs/`. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'README.md': 'readme',
  'CHANGELOG.md': 'changelog',
  'SECURITY.md': 'security',
  'CONTRIBUTING.md': 'contributing',
  'examples/README.md': 'examples',
}

/** Every Markdown file that is documentation, as a page. */
export async function readPages(): Promise<Page[]> {
  const inside = (await readdir(join(ROOT, 'docs'), { recursive: true }))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
  const files = [...inside.toSorted(), ...Object.keys(OUTSIDE)]
  const pages = await Promise.all(
    files.map(async (file) => pageOf(file, await readFile(join(ROOT, file), 'utf8'))),
  )
  return [...pages, decisionsPage(pages)]
}

function pageOf(file: string, markdown: string): Page {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? file
  return { slug: slugOf(file) ?? '', title, markdown, about: aboutOf(markdown), file }
}

/** The first sentence of a page, without its marks. */
export function aboutOf(markdown: string): string {
  const paragraph =
    markdown
      .split(/\n\n+/)
      .map((part) => part.trim())
      .find((part) => part !== '' && !/^(#|<|```|\||!\[|- )/.test(part)) ?? ''
  const plain = paragraph
    .replaceAll('\n', ' ')
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/\*\*|`|\*/g, '')
  return /^.*?[.:](?= |$)/.exec(plain)?.[0]?.replace(/:$/, '.') ?? plain
}

function decisionsPage(pages: readonly Page[]): Page {
  const decisions = pages.filter(({ slug }) => slug.startsWith('decisions/'))
  const list = decisions.map(({ slug, title, about }) => `- [${title}](/docs/${slug}): ${about}`)
  const intro = 'What was measured, what was rejected, and what it costs.'
  return {
    slug: 'decisions',
    title: 'Decisions',
    markdown: `# Decisions\n\n${intro}\n\n${list.join('\n')}\n`,
    about: intro,
    file: null,
  }
}

/** The address of a file's page below `/docs/`; null for what is none. */
function slugOf(file: string): string | null {
  const outside = OUTSIDE[file]
  if (outside !== undefined) return outside
  if (file === 'docs/README.md') return ''
  return /^docs\/(.+)\.md$/.exec(file)?.[1] ?? null
}

/** The groups of the index, in its order, each with the pages that it names. */
export function groupsOf(index: Page): Group[] {
  const sections = index.markdown.split(/^\*\*(.+)\*\*$/m).slice(1)
  const groups: Group[] = []
  for (let at = 0; at < sections.length; at += 2) {
    const links = [...(sections[at + 1] ?? '').matchAll(/^- .*?\]\(([^)\s]+)\)/gm)]
    const slugs = links.flatMap(([, link = '']) => {
      const address = resolveLink('docs/README.md', link)
      return address?.startsWith('/docs/') ? [address.slice('/docs/'.length)] : []
    })
    groups.push({ title: sections[at] ?? '', slugs })
  }
  return groups
}

/** Resolves a file's link to its address on the site; null for what is in the repository alone. */
export function resolveLink(file: string | null, link: string): string | null {
  if (/^(https?:|mailto:|\/|#)/.test(link) || file === null) return link
  const [path = '', hash] = link.split('#')
  const target = normalize(join(dirname(file), path)).replace(/\/$/, '')
  const end = hash === undefined ? '' : `#${hash}`
  if (target === 'openapi.json') return '/openapi.json'
  if (target.startsWith('docs/images/')) return `/${target}`
  const index = `${target}/README.md`
  const slug = slugOf(target) ?? (existsSync(join(ROOT, index)) ? slugOf(index) : null)
  if (slug !== null) return slug === '' ? `/docs${end}` : `/docs/${slug}${end}`
  return target === 'docs/decisions' ? '/docs/decisions' : null
}
