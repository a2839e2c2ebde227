import { escapeHtml } from '../../src/server/pages/layout.ts'
import type { Group, Page } from './pages.ts'
import { render } from './render.ts'

/** `llms.txt`: every page as Markdown, with a sentence (llmstxt.org). */
export function llmsText(groups: readonly Group[], pages: ReadonlyMap<string, Page>): string {
  const sections = groups.map(({ title, slugs }) => {
    const lines = slugs.flatMap((slug) => {
      const page = pages.get(slug)
      if (page === undefined) return []
      return [`- [${page.title}](/docs/${slug}.md): ${page.about}`]
    })
    return `## ${title}\n\n${lines.join('\n')}\n`
  })
  return `# Rowlock

> A seat-booking engine that never sells a seat twice: TypeScript on PostgreSQL.

It holds seats for a few minutes, turns a hold into a booking exactly once, and gives seats back
when time runs out. Every write takes an \`Idempotency-Key\`.
The whole API: [OpenAPI](/openapi.json). Everything below in one file:
[llms-full.txt](/llms-full.txt).

${sections.join('\n')}`
}

/** The changelog as an Atom feed (RFC 4287), one entry for each version. */
export function atomFeed(changelog: string, now: Date): string {
  const versions = changelog.split(/^## /m).slice(1)
  const entries = versions.map((text) => {
    const [head = '', ...lines] = text.split('\n')
    const [version = '', note = ''] = head.split(/ \(|\)/)
    const isReleased = /^\d{4}-\d\d-\d\d$/.test(note)
    const updated = isReleased ? new Date(`${note}T00:00:00Z`) : now
    const html = render(lines.join('\n'), 'CHANGELOG.md').html
    return `  <entry>
    <id>urn:rowlock:version:${escapeHtml(version)}</id>
    <title>Rowlock ${escapeHtml(head)}</title>
    <updated>${updated.toISOString()}</updated>
    <link href="/docs/changelog"/>
    <content type="html">${escapeHtml(html)}</content>
  </entry>`
  })
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom">
  <id>urn:rowlock:changelog</id>
  <title>Rowlock: what has changed</title>
  <author><name>Rowlock</name></author>
  <link rel="self" href="/changelog.atom"/>
  <link href="/docs/changelog"/>
  <updated>${now.toISOString()}</updated>
${entries.join('\n')}
</feed>
`
}
