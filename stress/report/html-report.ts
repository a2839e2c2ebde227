import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { escapeHtml } from './escape-html.ts'
import type { HousePicture } from './house-picture.ts'
import { pageBody } from './page-body.ts'
import { PAGE_STYLE } from './page-style.ts'
import type { StressReport } from './report.ts'

/**
 * One file with all in it: figures, charts, and the library that draws them (uPlot). It asks the
 * network for nothing, so it can be kept, mailed, and opened from a disk.
 */
export async function htmlReport(report: StressReport, house: HousePicture): Promise<string> {
  const [library, libraryStyle, script] = await Promise.all([
    readFile(fileURLToPath(import.meta.resolve('uplot/dist/uPlot.iife.min.js')), 'utf8'),
    readFile(fileURLToPath(import.meta.resolve('uplot/dist/uPlot.min.css')), 'utf8'),
    readFile(new URL('./page/draw-report.js', import.meta.url), 'utf8'),
  ])
  const { intervals, samples, kills } = report
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="content-security-policy" content="default-src 'none'; style-src 'unsafe-inline';
 script-src 'unsafe-inline'">
<title>${escapeHtml(report.show.title)} · Rowlock</title>
<style>${libraryStyle}${PAGE_STYLE}</style>
</head>
<body>
${pageBody(report)}
${embed('figures', { intervals, samples, kills })}
${embed('house', house)}
<script>${library}</script>
<script type="module">
${withoutMap(script)}
</script>
</body>
</html>
`
}

/** A build says where its source map is, which a page on its own does not have. */
function withoutMap(script: string): string {
  return script.replace(/^\/\/# sourceMappingURL=.*$/m, '')
}

/** JSON in an element that it cannot end. */
function embed(id: string, value: unknown): string {
  const json = JSON.stringify(value).replaceAll('<', '\\u003c')
  return `<script type="application/json" id="${id}">${json}</script>`
}
