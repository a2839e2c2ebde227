import { posix } from 'node:path'
import { offence, type SourceFile } from './source-file.ts'

const LINK = /\]\(([^)\s]+)\)/g

interface Link {
  readonly target: string
  readonly line: number
}

/** Links of a Markdown page to files of the repository, by their paths from the root. */
function linksOf({ path, text }: SourceFile): Link[] {
  return text.split('\n').flatMap((content, line) =>
    [...content.matchAll(LINK)].flatMap(([, to = '']) => {
      const [address = ''] = to.split('#')
      if (address === '' || /^(?:[a-z]+:|\/)/.test(address)) return []
      return [{ target: posix.join(posix.dirname(path), address).replace(/\/$/, ''), line }]
    }),
  )
}

/** Links to what is not in the repository. */
export function deadLinks(
  pages: readonly SourceFile[],
  isThere: (path: string) => boolean,
): string[] {
  return pages.flatMap((page) =>
    linksOf(page)
      .filter(({ target }) => !isThere(target))
      .map(({ target, line }) => offence(page, line, `links to ${target}, which is not there`)),
  )
}

/** Pages out of reach of `start` by links; a link to a folder leads to all pages in it. */
export function lostPages(pages: readonly SourceFile[], start: string): string[] {
  const byPath = new Map(pages.map((page) => [page.path, page]))
  const seen = new Set<string>()
  const visit = (path: string) => {
    const page = byPath.get(path)
    if (seen.has(path)) return
    seen.add(path)
    const inside = [...byPath.keys()].filter((each) => posix.dirname(each) === path)
    const next = page === undefined ? inside : linksOf(page).map(({ target }) => target)
    for (const target of next) visit(target)
  }
  visit(start)
  return pages.filter(({ path }) => !seen.has(path)).map(({ path }) => path)
}
