import { milliseconds } from '../display/progress-text.ts'
import { FATES, type Fate } from '../shoppers/visit.ts'
import type { Check } from '../verdict/evidence.ts'
import { escapeHtml } from './escape-html.ts'
import type { StressReport } from './report.ts'

/** A rowlock as it stands on the side of a boat. */
const MARK = `<svg viewBox="0 0 32 32" width="28" height="28" fill="none" stroke="currentColor"
 stroke-width="3" stroke-linecap="round" aria-hidden="true"><path d="M9 5v6a7 7 0 0 0 14 0V5"/><path
 d="M16 18v8"/><path d="M6 27h20"/></svg>`

/** More breaches of one promise say nothing new. */
const BREACHES_SHOWN = 20

/** Writes what can be read without any script; the charts are drawn into it. */
export function pageBody(report: StressReport): string {
  return `<header>
<div class="mark">${MARK} Rowlock stress</div>
<h1>${escapeHtml(report.show.title)}</h1>
${subtitle(report)}
${verdictLine(report)}
</header>
<div class="tiles">
${tiles(report).join('\n')}
</div>
<main>
${HOUSE}
<div class="pair">
${chart('seats', 'Seats over time', 'Booked, and held on top, as the API told it')}
${chart('commands', 'Commands a second', 'Holds, bookings and all else that changes something')}
</div>
<div class="pair">
${chart('latency', 'How long commands took', 'Milliseconds by second of the sale, logarithmic')}
${chart('reads', 'Looks a second', 'Shoppers who looked at the map')}
</div>
<div class="pair">
${refusalBars(report)}
${fateBars(report)}
</div>
${operationTable(report)}
${checkTable(report)}
${repeat(report)}
</main>`
}

const HOUSE = `<section class="card house">
<h2>The seats at the end</h2>
<p class="quiet">Every seat, by when or to whom it was sold. Move the slider to see it fill.</p>
<canvas id="picture" aria-label="Seats, coloured by the moment of sale"></canvas>
<div class="controls">
<button id="play" type="button">Play</button>
<input id="moment" type="range" min="0" max="1" step="any" value="1" aria-label="Moment">
<output id="told" for="moment"></output>
<span class="switch">
<button class="by" data-by="when" type="button" aria-pressed="true">When</button>
<button class="by" data-by="whom" type="button" aria-pressed="false">To whom</button>
</span>
<span class="ramp" id="ramp"><span>first</span><i></i><span>last</span></span>
</div>
<div id="seat" hidden></div>
</section>`

function subtitle({ configuration, openedAt, seats }: StressReport): string {
  const { shopperCount, servers, seed, isKilling, version } = configuration
  const parts = [
    `${count(shopperCount)} shoppers`,
    `${count(seats.total)} seats`,
    `${servers.length} ${servers.length === 1 ? 'server' : 'servers'}`,
    ...(isKilling ? ['kill -9 in the middle'] : []),
    `seed ${seed}`,
    `Rowlock ${version}`,
    `${openedAt.slice(0, 16).replace('T', ' ')} UTC`,
  ]
  return `<p class="quiet">${escapeHtml(parts.join(' · '))}</p>`
}

function verdictLine({ verdict }: StressReport): string {
  const { checks, isClean } = verdict
  const compared = count(checks.reduce((sum, check) => sum + check.count, 0))
  const broken = checks.filter(({ breaches }) => breaches.length > 0).length
  return isClean
    ? `<p class="verdict good">✓ Every promise was kept
<span>${compared} comparisons, none that did not fit</span></p>`
    : `<p class="verdict bad">✗ ${broken} of ${checks.length} checks failed
<span>${compared} comparisons; see the verdict below</span></p>`
}

function tiles(report: StressReport): string[] {
  const { seats, soldOutAt, fates, operations, kills } = report
  const hold = operations.find(({ operation }) => operation === 'holdSeats')
  const outages = kills.map(({ at, backAt }) => (backAt === null ? '∞' : span(backAt - at)))
  return [
    tile(
      count(seats.booked),
      soldOutAt === null
        ? `of ${count(seats.total)} seats sold`
        : `of ${count(seats.total)} seats sold, the last at ${soldOutAt.toFixed(0)} s`,
    ),
    tile(count(fates.served), `shoppers served, in ${count(report.bookingCount)} bookings`),
    tile(count(report.answerCount), `answers, ${count(report.answersPerSecond)} a second`),
    hold
      ? tile(milliseconds(hold.p50), `median of a hold; p99 ${milliseconds(hold.p99)}`)
      : tile('–', 'nobody held'),
    tile(count(report.lostCount), 'answers lost on the way'),
    tile(
      kills.length === 0 ? 'none' : `${outages.join(' + ')} s`,
      kills.length === 0
        ? 'was killed'
        : `until ${kills.map(({ what }) => what).join(', ')} was back`,
    ),
  ]
}

function tile(value: string, about: string): string {
  return `<div class="card tile"><b>${escapeHtml(value)}</b><span>${escapeHtml(about)}</span></div>`
}

function chart(id: string, title: string, about: string): string {
  return `<section class="card"><h2>${title}</h2><p class="quiet">${about}</p>
<div class="chart" id="${id}"></div></section>`
}

function refusalBars({ refusals }: StressReport): string {
  const rows = refusals.map(({ code, count: size }) => ({ name: code, size }))
  return bars('Refusals', 'By code; a refused command changes nothing', rows, 'refused')
}

function fateBars({ fates }: StressReport): string {
  const rows = Object.entries(fates)
    .map(([fate, size]) => ({ name: FATES[fate as Fate], size }))
    .filter(({ size }) => size > 0)
    .toSorted((one, two) => two.size - one.size)
  return bars('Shoppers', 'How their evening ended', rows, 'done')
}

function bars(
  title: string,
  about: string,
  rows: readonly { name: string; size: number }[],
  color: string,
): string {
  const most = Math.max(1, ...rows.map(({ size }) => size))
  const items = rows.map(({ name, size }) => {
    const width = ((100 * size) / most).toFixed(1)
    const bar = `<i style="width:${width}%;background:var(--${color})"></i>`
    return `<div><dt>${escapeHtml(name)}</dt><dd>${count(size)}</dd>${bar}</div>`
  })
  const list = items.length === 0 ? '<p>none</p>' : `<dl class="bars">${items.join('\n')}</dl>`
  return `<section class="card"><h2>${title}</h2><p class="quiet">${about}</p>${list}</section>`
}

function operationTable({ operations }: StressReport): string {
  const rows = operations.map(({ operation, done, refused, busy, broken, hungUp, ...times }) => {
    const counts = [done, refused, busy, broken, hungUp].map(count)
    const spans = [times.p50, times.p95, times.p99, times.max].map(milliseconds)
    const cells = [operation, ...counts, ...spans].map((cell) => `<td>${escapeHtml(cell)}</td>`)
    return `<tr>${cells.join('')}</tr>`
  })
  const titles = ['', 'done', 'refused', 'busy', 'broken', 'hung up', 'p50', 'p95', 'p99', 'max']
  const head = titles.map((title) => `<th>${title}</th>`)
  return `<section class="card"><h2>Operations</h2>
<p class="quiet">As shoppers saw them, from having a connection to having the answer</p>
<div class="scroll"><table><thead><tr>${head.join('')}</tr></thead>
<tbody>${rows.join('\n')}</tbody></table></div></section>`
}

function checkTable({ verdict }: StressReport): string {
  const remarks = verdict.remarks.map((remark) => `<p class="quiet">${escapeHtml(remark)}</p>`)
  return `<section class="card"><h2>Verdict</h2>
<p class="quiet">Every answer that anybody got, against the show at the end</p>
<table class="checks"><thead><tr><th><abbr title="Number of the promise">No.</abbr></th><th></th>
<th>compared</th><th></th></tr></thead>
<tbody>${verdict.checks.map(checkRow).join('\n')}</tbody></table>${remarks.join('')}</section>`
}

function checkRow({ promise, title, count: compared, breaches }: Check): string {
  const shown = breaches.slice(0, BREACHES_SHOWN).map((one) => `<li>${escapeHtml(one)}</li>`)
  const more = breaches.length - shown.length
  if (more > 0) shown.push(`<li>and ${count(more)} more</li>`)
  const list = shown.length === 0 ? '' : `<ul>${shown.join('')}</ul>`
  const mark = shown.length === 0 ? '<td class="yes">✓</td>' : '<td class="no">✗</td>'
  return `<tr><td>${promise}</td><td>${escapeHtml(title)}${list}</td>
<td>${count(compared)}</td>${mark}</tr>`
}

function repeat({ configuration, seats }: StressReport): string {
  const { seed, shopperCount, openSeconds, servers, isKilling, isOwnStage } = configuration
  const where = isOwnStage
    ? [`--servers ${servers.length}`, `--seats ${seats.total}`]
    : servers.map((url) => `--server ${url}`)
  const words = [
    'rowlock stress',
    ...where,
    `--shoppers ${shopperCount}`,
    `--seconds ${openSeconds}`,
    `--seed ${seed}`,
    ...(isKilling ? ['--kill'] : []),
  ]
  return `<section class="card"><h2>Again</h2>
<p class="quiet">The same shoppers, with the same habits. Measured on
${escapeHtml(configuration.machine)}.</p><pre>${escapeHtml(words.join(' '))}</pre></section>`
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en')
}

function span(ms: number): string {
  return (ms / 1000).toFixed(1)
}
