import { ERRORS, type ErrorCode } from '../../src/protocol/index.ts'
import { RECORDED } from '../../src/server/openapi/recorded.ts'
import type { Page } from './pages.ts'

/** Cuts out what `docs/reference/errors.md` says of a code. */
function sectionOf(markdown: string, code: ErrorCode): string {
  const [, text = ''] = markdown.split(`\n### \`${code}\`\n`)
  const [section = ''] = text.split(/\n##+ /)
  if (section.trim() === '') throw new Error(`docs/reference/errors.md says nothing of ${code}`)
  // The first paragraph is the line of facts, which the page has in its table.
  return section.trim().split(/\n\n/).slice(1).join('\n\n')
}

/** The index of errors and a page for each; their addresses are below `/errors`. */
export function errorPages(reference: Page): Page[] {
  const codes = Object.keys(ERRORS) as ErrorCode[]
  const lines = codes.map((code) => {
    const { status, title } = ERRORS[code]
    return `| [\`${code}\`](/errors/${code}) | ${status} | ${title} |`
  })
  const intro =
    'Every refusal has a stable `code`; a code is never renamed, and never used for anything else.'
  const index: Page = {
    slug: 'errors/index',
    title: 'Errors',
    markdown: `# Errors\n\n${intro} How to read them: [errors](/docs/reference/errors).

| code | status | |\n|---|---|---|\n${lines.join('\n')}\n`,
    about: 'Every code, with its remedy and an example.',
    file: null,
  }
  return [index, ...codes.map((code) => errorPage(reference, code))]
}

function errorPage(reference: Page, code: ErrorCode): Page {
  const { status, title, retryable } = ERRORS[code]
  const retry = retryable
    ? 'Yes: the same request, a little later, may succeed. Wait as long as `Retry-After` says.'
    : 'No: the same request will be refused again until something changes.'
  const example = RECORDED.refusals[code] ?? {
    type: `/errors/${code}`,
    title,
    status,
    code,
    requestId: '0d9c7f3e-6a51-4a8e-9a0e-0c6f0a3b4f55',
  }
  const markdown = `# ${title}

| | |
|---|---|
| Code | \`${code}\` |
| HTTP status | ${status} |
| Worth a retry | ${retry} |

## What to do

${sectionOf(reference.markdown, code)}

## Example

\`\`\`json
${JSON.stringify(example, null, 2)}
\`\`\`

[All errors](/errors) · [API reference](/docs/api)
`
  return { slug: `errors/${code}`, title: code, markdown, about: title, file: null }
}
