import type { Engine } from '../../engine/index.ts'
import type { Counts, Show } from '../../protocol/index.ts'
import type { ServerSettings } from '../settings.ts'
import { escapeHtml, MARK } from './layout.ts'

const SHOWS_MAX = 5
const HOUR_MS = 3_600_000

interface ShowOnSale {
  readonly show: Show
  readonly counts: Counts
  /** Labels of two seats that are free, or fewer. */
  readonly free: readonly string[]
}

/** The front page's body: where to go, what is on sale, and how to hold a seat of it. */
export async function landing(settings: ServerSettings): Promise<string> {
  // The page must also come up when the database does not.
  const shows = await readShows(settings.engine).catch(() => null)
  return `<span class="mark">${MARK}</span>
<h1>Rowlock</h1>
<p>A seat-booking engine that never sells a seat twice.
<span class="quiet">Version ${escapeHtml(settings.version)}</span></p>

<h2>Where to go</h2>
<ul class="cards">
${settings.docs === false ? '' : card('/docs', 'API reference', 'Every operation, to try out')}
${card('/openapi.json', 'OpenAPI', 'The same for machines')}
${card('/v1/shows', 'Shows', 'What is on sale, as JSON')}
${card('/health', 'Health', 'Database, lanes, shows')}
${card('/metrics', 'Metrics', 'For Prometheus')}
</ul>

<h2>On sale</h2>
${showList(shows)}
${example(shows?.[0])}`
}

async function readShows(engine: Engine): Promise<ShowOnSale[]> {
  const startsAfter = new Date(Date.now() - HOUR_MS).toISOString()
  const { items } = await engine.listShows({ limit: SHOWS_MAX, startsAfter })
  return Promise.all(
    items.map(async (show) => {
      const availability = await engine.getAvailability(show.key)
      const { items } = await engine.listSeats(show.key, { limit: 2, status: 'available' })
      const { counts } = availability.read()
      return { show, counts, free: items.map(({ seat }) => seat) }
    }),
  )
}

function card(href: string, title: string, text: string): string {
  return `<li class="card"><a href="${href}">${title}</a><br>
<span class="quiet">${text}</span></li>`
}

function showList(shows: readonly ShowOnSale[] | null): string {
  if (shows === null) return '<p class="quiet">The database does not answer just now.</p>'
  if (shows.length === 0) return '<p class="quiet">Nothing yet. Create a show to begin.</p>'
  return `<ul class="shows">\n${shows.map(showCard).join('\n')}\n</ul>`
}

function showCard({ show, counts }: ShowOnSale): string {
  const key = encodeURIComponent(show.key)
  const startsAt = show.startsAt.slice(0, 16).replace('T', ' ')
  const taken = counts.total - counts.available
  return `<li class="card">
<div class="row"><a href="/v1/shows/${key}/availability">${escapeHtml(show.title)}</a>
<span class="quiet"><time datetime="${escapeHtml(show.startsAt)}">${escapeHtml(startsAt)} UTC</time>
</span></div>
<div class="row"><code class="quiet">${escapeHtml(show.key)}</code>
<span>${counts.available} of ${counts.total} available</span></div>
<progress value="${taken}" max="${Math.max(counts.total, 1)}" aria-label="taken">${taken}</progress>
</li>`
}

function example(onSale: ShowOnSale | undefined): string {
  if (onSale === undefined || onSale.free.length === 0) return ''
  const body = JSON.stringify({ seats: onSale.free })
  return `<h2>Hold seats</h2>
<pre><code>curl -X POST /v1/shows/${escapeHtml(onSale.show.key)}/holds \\
  -H 'content-type: application/json' \\
  -d '${escapeHtml(body)}'</code></pre>
<p class="quiet">Put the address of this server before the path. The answer has the hold's id:
whoever has it may <code>confirm</code>, <code>extend</code> or <code>release</code> the hold.</p>`
}
