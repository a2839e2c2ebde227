import { escapeHtml, MARK } from '../../src/server/pages/layout.ts'
import type { Group, Page } from './pages.ts'
import type { Heading } from './render.ts'

/** Frame around every page. */
export interface Frame {
  readonly groups: readonly Group[]
  readonly pages: ReadonlyMap<string, Page>
  /** Changes when the files do, so that browsers keep no old ones. */
  readonly stamp: string
}

/** A whole page; `html` is what has been rendered of it. */
export function layout(
  { slug, title, file }: Pick<Page, 'slug' | 'title' | 'file'>,
  html: string,
  headings: readonly Heading[],
  frame: Frame,
): string {
  const name = slug === '' ? 'Documentation' : escapeHtml(title.replaceAll('`', ''))
  const source = file === null ? '' : markdownLink(slug)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${name} · Rowlock</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs/docs.css?${frame.stamp}">
<link rel="alternate" type="application/atom+xml" title="Changes" href="/changelog.atom">
<script type="module" src="/docs/docs.js?${frame.stamp}"></script>
</head>
<body>
<a class="skip" href="#content">Skip to the text</a>
<header class="top">
<a class="home" href="/docs">${MARK.replace('role="img"', 'aria-hidden="true"')} Rowlock</a>
<search><label class="of-search" for="search">Search</label><input id="search" type="search"
 autocomplete="off"
 placeholder="Search (press /)" role="combobox" aria-expanded="false" aria-controls="found"
 aria-autocomplete="list"><ul id="found" class="found" role="listbox" aria-label="Found"
 hidden></ul></search>
<nav class="links" aria-label="Site"><a href="/docs/api">API</a><a href="/errors">Errors</a><a
 href="/">Dashboard</a></nav>
</header>
<div class="columns">
<details class="side" open><summary>All pages</summary>
<nav aria-label="Pages">${navigation(slug, frame)}</nav></details>
<main id="content" tabindex="-1">
<article>${html}</article>
${source}
</main>
${contents(headings)}
</div>
</body>
</html>
`
}

function markdownLink(slug: string): string {
  const path = slug === '' ? '/docs/index.md' : `/docs/${slug}.md`
  return `<p class="source"><a href="${path}">This page as Markdown</a></p>`
}

function navigation(slug: string, { groups, pages }: Frame): string {
  return groups
    .map(({ title, slugs }) => {
      const links = slugs.map((each) => {
        const here = each === slug ? ' aria-current="page"' : ''
        const text = escapeHtml(shortTitle(pages.get(each)?.title ?? each))
        return `<li><a href="/docs/${each}"${here}>${text}</a></li>`
      })
      return `<p id="group-${idOf(title)}">${escapeHtml(title)}</p>
<ul aria-labelledby="group-${idOf(title)}">${links.join('')}</ul>`
    })
    .join('\n')
}

const idOf = (title: string): string => title.toLowerCase().replaceAll(/\W+/g, '-')

/** Numbers of decisions stay; what is behind a colon is for the page itself. */
function shortTitle(title: string): string {
  return title
    .replaceAll('`', '')
    .replace(/^The /, '')
    .replace(/^./, (first) => first.toUpperCase())
}

function contents(headings: readonly Heading[]): string {
  const inside = headings.filter(({ level }) => level === 2 || level === 3)
  if (inside.length < 2) return '<div></div>'
  const links = inside.map(({ level, id, text }) => {
    return `<li class="level-${level}"><a href="#${id}">${escapeHtml(text)}</a></li>`
  })
  return `<nav class="contents" aria-labelledby="contents"><p id="contents">On this page</p>
<ul>${links.join('')}</ul></nav>`
}
