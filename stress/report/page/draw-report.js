/* global uPlot */

/**
 * Draws the charts and the house into the page of a stress run. It runs in the browser, next to
 * uPlot; the figures stand in the page as JSON.
 */

const figures = JSON.parse(document.getElementById('figures').textContent)
const house = JSON.parse(document.getElementById('house').textContent)

const CHART_HEIGHT = 200
const colorOf = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const faint = (color, share) => `color-mix(in srgb, ${color} ${share}%, transparent)`

/** Moments of kills, as dashed lines with a word at their top. */
function killMarks(plot) {
  const { ctx, bbox } = plot
  const pixel = devicePixelRatio
  ctx.save()
  ctx.font = `${11 * pixel}px system-ui, sans-serif`
  ctx.fillStyle = ctx.strokeStyle = colorOf('--lost')
  ctx.lineWidth = pixel
  ctx.setLineDash([4 * pixel, 4 * pixel])
  for (const [index, { at, what }] of figures.kills.entries()) {
    const x = Math.round(plot.valToPos(at / 1000, 'x', true)) + 0.5
    ctx.beginPath()
    ctx.moveTo(x, bbox.top)
    ctx.lineTo(x, bbox.top + bbox.height)
    ctx.stroke()
    const text = `✕ ${what.replace(/^the /, '')}`
    const isLast = x + ctx.measureText(text).width + 8 * pixel > bbox.left + bbox.width
    ctx.textAlign = isLast ? 'right' : 'left'
    ctx.fillText(text, x + (isLast ? -4 : 4) * pixel, bbox.top + (10 + 13 * index) * pixel)
  }
  ctx.restore()
}

const whole = (value) =>
  value === null || value === undefined ? '–' : Math.round(value).toLocaleString('en')
const spanOf = (ms) => {
  if (ms === null || ms === undefined) return '–'
  if (ms >= 1000) return `${+(ms / 1000).toPrecision(3)} s`
  return `${+ms.toPrecision(2)} ms`
}

function line(label, name, value, more = {}) {
  const stroke = colorOf(name)
  return {
    label,
    stroke,
    width: 2,
    points: { show: false },
    value: (_, raw) => value(raw),
    ...more,
  }
}

function axes(format, isRound) {
  const common = {
    stroke: colorOf('--quiet'),
    grid: { stroke: colorOf('--line'), width: 1 },
    ticks: { show: false },
    font: '12px system-ui, sans-serif',
  }
  const seconds = (_, splits) => splits.map((at) => `${at} s`)
  return [
    { ...common, grid: { show: false }, values: seconds, size: 28 },
    {
      ...common,
      // Of a logarithmic scale, powers of ten only.
      grid: {
        ...common.grid,
        filter: (_, splits) => splits.map((at) => (isRound(at) ? at : null)),
      },
      values: (_, splits) => splits.map((split) => (split === null ? null : format(split))),
      size: 52,
    },
  ]
}

function draw(id, data, series, { format = whole, logarithmic = false, max = null, bands } = {}) {
  const target = document.getElementById(id)
  const options = {
    width: target.clientWidth,
    height: CHART_HEIGHT,
    padding: [8, 16, 0, 0],
    cursor: { sync: { key: 'sale' }, drag: { x: false, y: false }, points: { size: 7 } },
    scales: {
      x: { time: false, range: [0, lastMoment()] },
      y: logarithmic ? { distr: 3 } : { range: (_, __, top) => [0, max ?? Math.max(1, top * 1.1)] },
    },
    axes: axes(format, (at) => !logarithmic || Math.log10(at) % 1 === 0),
    series: [
      { label: 'at', value: (_, at) => (at === null ? '–' : `${at.toFixed(1)} s`) },
      ...series,
    ],
    hooks: { draw: [killMarks] },
    bands,
  }
  return new uPlot(options, data, target)
}

function lastMoment() {
  const ends = [...figures.intervals, ...figures.samples].map(({ at }) => at)
  return Math.max(1, ...ends)
}

function drawSeats() {
  const { samples } = figures
  const booked = samples.map((sample) => sample.booked)
  const taken = samples.map((sample) => sample.booked + sample.held)
  const value = (_plot, _raw, _series, index) =>
    index === null || index === undefined ? '–' : whole(taken[index] - booked[index])
  return draw(
    'seats',
    [samples.map(({ at }) => at), taken, booked],
    [
      line('held', '--held', whole, { value, fill: faint(colorOf('--held'), 30) }),
      line('booked', '--booked', whole, { fill: faint(colorOf('--booked'), 55) }),
    ],
    { max: house.labels.length },
  )
}

/** Rates and latencies stand at the end of their interval. */
function drawIntervals() {
  const { intervals } = figures
  const at = intervals.map((interval) => interval.at)
  const rate = (of) => intervals.map((one) => of(one) / Math.max(one.seconds, 0.001))
  const latency = (percentile) =>
    intervals.map(({ commandMs }) => (commandMs.count === 0 ? null : commandMs[percentile]))
  return [
    draw(
      'commands',
      [
        at,
        rate((one) => one.refused),
        rate((one) => one.done),
        rate((one) => one.broken + one.busy),
      ],
      [
        line('refused', '--refused', whole),
        line('done', '--done', whole),
        line('lost or busy', '--lost', whole),
      ],
    ),
    draw(
      'latency',
      [at, latency('p50'), latency('p95'), latency('p99')],
      [line('p50', '--p50', spanOf), line('p95', '--p95', spanOf), line('p99', '--p99', spanOf)],
      { format: spanOf, logarithmic: true },
    ),
    draw(
      'reads',
      [at, rate((one) => one.reads)],
      [line('looks', '--reads', whole, { fill: faint(colorOf('--reads'), 20) })],
    ),
  ]
}

let charts = []
function drawCharts() {
  for (const chart of charts) chart.destroy()
  charts = [drawSeats(), ...drawIntervals()]
}

/** From the first seat to the last one. */
const RAMP = ['#46187f', '#8c2981', '#cf4070', '#f7735c', '#fdb47d']

function rampColor(share) {
  const place = Math.min(Math.max(share, 0), 1) * (RAMP.length - 1)
  const from = Math.min(Math.floor(place), RAMP.length - 2)
  const channel = (color, index) => Number.parseInt(color.slice(1 + 2 * index, 3 + 2 * index), 16)
  const mix = [0, 1, 2].map((index) => {
    const [one, two] = [channel(RAMP[from], index), channel(RAMP[from + 1], index)]
    return Math.round(one + (two - one) * (place - from))
  })
  return `rgb(${mix.join(' ')})`
}

/** Neighbours in the list are far apart on the wheel: 137.5 degrees, the golden angle. */
function buyerColor(booking) {
  return `hsl(${(booking * 137.508) % 360} ${55 + ((booking * 7) % 4) * 8}% ${48 + (booking % 3) * 8}%)`
}

const canvas = document.getElementById('picture')
const moment = document.getElementById('moment')
const sold = house.soldAt.filter((at) => at !== null)
const firstSale = sold.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY)
const lastSale = sold.reduce((most, at) => Math.max(most, at), 0)
let coloring = 'when'
let scale = 1

/** Half of what is between neighbours, in the plan's units. */
const seatRadius = (() => {
  const gaps = []
  for (let seat = 1; seat < house.xs.length; seat++) {
    const gap = Math.hypot(house.xs[seat] - house.xs[seat - 1], house.ys[seat] - house.ys[seat - 1])
    if (gap > 0) gaps.push(gap)
  }
  gaps.sort((one, two) => one - two)
  return 0.42 * (gaps[Math.floor(gaps.length / 2)] ?? 40)
})()

function drawShape(context, shape) {
  const { kind, x, y, width, height, rotation, points, text } = shape
  context.save()
  context.fillStyle = colorOf('--track')
  context.beginPath()
  if (kind === 'polygon') for (const point of points) context.lineTo(point.x, point.y)
  context.translate(x, y)
  context.rotate((rotation * Math.PI) / 180)
  if (kind === 'rectangle') context.roundRect(-width / 2, -height / 2, width, height, 12)
  if (kind === 'circle' || kind === 'ellipse') {
    context.ellipse(0, 0, width / 2, height / 2, 0, 0, 2 * Math.PI)
  }
  if (kind !== 'text') context.fill()
  if (text) {
    context.fillStyle = colorOf('--quiet')
    context.font = `${Math.max(13 / scale, Math.min(height * 0.3, 22 / scale))}px system-ui`
    context.textAlign = 'center'
    context.textBaseline = 'middle'
    context.fillText(text, 0, 0)
  }
  context.restore()
}

function drawOutlines(context) {
  context.strokeStyle = colorOf('--line')
  context.lineWidth = 1.5 / scale
  for (const { points } of house.outlines) {
    if (points.length < 6) continue
    context.beginPath()
    for (let n = 0; n < points.length; n += 2) context.lineTo(points[n], points[n + 1])
    context.closePath()
    context.stroke()
  }
}

function drawSeat(context, seat, until) {
  const at = house.soldAt[seat]
  context.beginPath()
  context.arc(house.xs[seat], house.ys[seat], seatRadius, 0, 2 * Math.PI)
  if (at === null || at > until) {
    context.strokeStyle = colorOfEmpty
    context.lineWidth = Math.max(1 / scale, seatRadius * 0.16)
    context.stroke()
    return false
  }
  const share = (at - firstSale) / Math.max(lastSale - firstSale, 0.001)
  context.fillStyle = coloring === 'when' ? rampColor(share) : buyerColor(house.bookings[seat])
  context.fill()
  return true
}

let colorOfEmpty = ''
function drawHouse() {
  const width = canvas.clientWidth
  const high = Math.max(320, Math.min(innerHeight * 0.75, 620))
  scale = Math.min(width / house.width, high / house.height)
  canvas.style.height = `${house.height * scale}px`
  canvas.width = width * devicePixelRatio
  canvas.height = house.height * scale * devicePixelRatio
  const context = canvas.getContext('2d')
  context.scale(devicePixelRatio * scale, devicePixelRatio * scale)
  context.translate((width / scale - house.width) / 2, 0)
  colorOfEmpty = colorOf('--empty')
  for (const shape of house.shapes) drawShape(context, shape)
  drawOutlines(context)
  const until = moment.valueAsNumber * lastSale
  let count = 0
  for (let seat = 0; seat < house.xs.length; seat++) if (drawSeat(context, seat, until)) count += 1
  document.getElementById('told').textContent = `${until.toFixed(1)} s: ${whole(count)} seats sold`
}

function seatAt(x, y) {
  let best = -1
  let least = seatRadius * 1.5
  for (let seat = 0; seat < house.xs.length; seat++) {
    const distance = Math.hypot(house.xs[seat] - x, house.ys[seat] - y)
    if (distance < least) [best, least] = [seat, distance]
  }
  return best
}

const tip = document.getElementById('seat')
function tellSeat({ clientX, clientY }) {
  const box = canvas.getBoundingClientRect()
  const left = (box.width / scale - house.width) / 2
  const seat = seatAt((clientX - box.left) / scale - left, (clientY - box.top) / scale)
  tip.hidden = seat === -1
  if (seat === -1) return
  const at = house.soldAt[seat]
  const when = at === null ? 'not sold' : `sold at ${at.toFixed(1)} s`
  const buyer = house.bookings[seat] === -1 ? '' : `, booking ${house.bookings[seat] + 1}`
  tip.textContent = `${house.labels[seat]}: ${when}${buyer}`
  const right = innerWidth - tip.offsetWidth - 8
  tip.style.left = `${Math.max(8, Math.min(clientX + 12, right))}px`
  tip.style.top = `${clientY + 16}px`
}

const PLAY_MS = 8000
let playing = 0
function play() {
  const button = document.getElementById('play')
  if (playing !== 0) {
    cancelAnimationFrame(playing)
    playing = 0
    button.textContent = 'Play'
    return
  }
  const from = moment.valueAsNumber >= 1 ? 0 : moment.valueAsNumber
  const began = performance.now()
  button.textContent = 'Pause'
  const step = (now) => {
    moment.valueAsNumber = Math.min(1, from + (now - began) / PLAY_MS)
    drawHouse()
    playing = moment.valueAsNumber < 1 ? requestAnimationFrame(step) : 0
    if (playing === 0) button.textContent = 'Play'
  }
  playing = requestAnimationFrame(step)
}

function listen() {
  document.getElementById('play').addEventListener('click', play)
  moment.addEventListener('input', drawHouse)
  canvas.addEventListener('pointermove', tellSeat)
  canvas.addEventListener('pointerdown', tellSeat)
  canvas.addEventListener('pointerleave', () => {
    tip.hidden = true
  })
  const buttons = document.querySelectorAll('button.by')
  for (const button of buttons) {
    button.addEventListener('click', () => {
      coloring = button.dataset.by
      for (const one of buttons) one.ariaPressed = String(one === button)
      document.getElementById('ramp').hidden = coloring !== 'when'
      drawHouse()
    })
  }
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', drawAll)
  let width = innerWidth
  addEventListener('resize', () => {
    // Phones change the height all the time.
    if (innerWidth === width) return
    width = innerWidth
    drawAll()
  })
}

function drawAll() {
  drawCharts()
  drawHouse()
}

document.querySelector('#ramp i').style.background = `linear-gradient(90deg, ${RAMP.join()})`
listen()
drawAll()
document.documentElement.dataset.drawn = 'true'
