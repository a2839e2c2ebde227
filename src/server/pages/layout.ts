import { hash } from 'node:crypto'
import type { FastifyReply } from 'fastify'
import { pageHeaders } from '../security-headers.ts'

/** One style for every page: the reader's own colours of light or dark, and no foreign files. */
const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fbfaf8; --ink: #1d1b22; --quiet: #6b6774; --line: #e4e0d9; 
  --accent: #7a2048; --code: #f3f0ea;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #16141a; --ink: #eeebf2; --quiet: #a29dab; --line: #322e3a;
    --accent: #f0a3c0; --code: #262230;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0 auto; max-width: 46rem; padding: 2.5rem 1.25rem 4rem;
  background: var(--paper); color: var(--ink);
  font: 1rem/1.6 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif;
}
h1 { font-size: 2.2rem; letter-spacing: -0.02em; line-height: 1.15; margin: 0 0 .4rem; }
h2 { font-size: 1.05rem; margin: 2.4rem 0 .8rem; }
p { margin: .4rem 0; }
a { color: var(--accent); text-underline-offset: .2em; }
.quiet { color: var(--quiet); }
.mark { color: var(--accent); display: block; margin-bottom: 1.2rem; }
ul { padding-left: 1.2rem; }
pre {
  background: var(--code); border: 1px solid var(--line); border-radius: .75rem;
  overflow-x: auto; padding: 1rem 1.1rem; font-size: .85rem; line-height: 1.5;
}
code { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .3rem 1.2rem; }
dt { color: var(--quiet); } dd { margin: 0; }
`

const HEADERS = pageHeaders({
  'style-src': `'sha256-${hash('sha256', STYLE, 'base64')}'`,
  'img-src': "'self' data:",
})

/** A rowlock as it stands on the side of a boat. */
export const MARK = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" width="36"
 height="36" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" role="img"
 aria-label="Rowlock"><path d="M9 5v6a7 7 0 0 0 14 0V5"/><path d="M16 18v8"/><path
 d="M6 27h20"/></svg>`

/** Text as it may stand in HTML, also inside of attributes. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** Sends a page; `body` is HTML that was escaped already, `title` is text. */
export function sendPage(reply: FastifyReply, title: string, body: string): FastifyReply {
  return reply.headers({ ...HEADERS, 'content-type': 'text/html; charset=utf-8' }).send(
    `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml">
<style>${STYLE}</style>
</head>
<body>
${body}
</body>
</html>
`,
  )
}
