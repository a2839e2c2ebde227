import type MiniSearch from 'minisearch'
import { SEARCH_OPTIONS } from '../../web/docs/search-options.ts'
import type { Page } from './pages.ts'
import type { Heading } from './render.ts'

/** A part of a page that can be found. */
export interface Searched {
  readonly id: string
  /** Title of its page. */
  readonly page: string
  readonly heading: string
  readonly text: string
}

/** Makes the index of what a reader finds who types. */
export function searchIndex(parts: readonly Searched[], Index: typeof MiniSearch): object {
  const index = new Index<Searched>(SEARCH_OPTIONS)
  index.addAll(parts)
  return index.toJSON()
}

/** A page in the parts between its headings; `id` is an address. */
export function sectionsOf(
  { slug, title }: Page,
  html: string,
  headings: readonly Heading[],
): Searched[] {
  const base = slug.startsWith('errors/') ? `/${slug.replace('/index', '')}` : `/docs/${slug}`
  const cuts = headings.map(({ id }) => html.indexOf(`id="${id}"`))
  const first = { id: base, page: title, heading: '', text: plain(html.slice(0, cuts[1] ?? -1)) }
  const others = headings.slice(1).map(({ id, text }, index) => ({
    id: `${base}#${id}`,
    page: title,
    heading: text,
    text: plain(html.slice(cuts[index + 1], cuts[index + 2])),
  }))
  return [first, ...others]
}

function plain(html: string): string {
  return html
    .replace(/^[^<]*>/, '')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(lt|gt|quot|amp|#39);/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
