type Context = CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D

/**
 * The outline of a seat, one for each category in turn: price classes must be told apart without
 * colours. All have about the same area, so that none looks dearer than it is.
 */
export function traceSeat(
  context: Context,
  category: number,
  x: number,
  y: number,
  radius: number,
): void {
  context.beginPath()
  const shape = SHAPES[category % SHAPES.length] as Shape
  shape(context, x, y, radius)
}

type Shape = (context: Context, x: number, y: number, radius: number) => void

const SHAPES: readonly Shape[] = [
  (context, x, y, r) => context.roundRect(x - 0.9 * r, y - 0.9 * r, 1.8 * r, 1.8 * r, 0.5 * r),
  (context, x, y, r) => context.arc(x, y, r, 0, 2 * Math.PI),
  // A chair seen from above: its back is round.
  (context, x, y, r) =>
    context.roundRect(x - 0.9 * r, y - 0.95 * r, 1.8 * r, 1.85 * r, [
      0.9 * r,
      0.9 * r,
      0.2 * r,
      0.2 * r,
    ]),
  (context, x, y, r) => tracePolygon(context, x, y, 1.06 * r, 6, 0),
  (context, x, y, r) => tracePolygon(context, x, y, 1.04 * r, 8, Math.PI / 8),
  (context, x, y, r) => tracePolygon(context, x, y, 1.15 * r, 4, 0),
]

function tracePolygon(
  context: Context,
  x: number,
  y: number,
  r: number,
  corners: number,
  turn: number,
): void {
  for (let corner = 0; corner < corners; corner++) {
    const angle = turn + (corner / corners) * 2 * Math.PI
    const point = [x + r * Math.cos(angle), y + r * Math.sin(angle)] as const
    if (corner === 0) context.moveTo(...point)
    else context.lineTo(...point)
  }
  context.closePath()
}

/** Draws a seat of a look and a category: the same in the map, at any size, and in the legend. */
export function drawSeat(
  context: Context,
  colors: SeatColors,
  seat: { look: SeatLook; category: number; x: number; y: number; radius: number },
): void {
  const { look, category, x, y, radius: r } = seat
  context.save()
  context.lineJoin = 'round'
  context.lineCap = 'round'
  PAINTERS[look](context, colors, category, x, y, r)
  context.restore()
}

/** The looks by name. */
export type SeatLook =
  | 'available'
  | 'held'
  | 'booked'
  | 'blocked'
  | 'picked'
  | 'own'
  | 'faded'
  | 'accessible'

/** CSS colours of a seat. */
export interface SeatColors {
  readonly fill: string
  readonly ink: string
  readonly ground: string
  readonly line: string
  readonly held: string
  readonly booked: string
  readonly blocked: string
  readonly accent: string
  readonly onAccent: string
}

/** Smaller, the sign is a blot. */
const SIGN_RADIUS_MIN = 6

type Painter = (
  context: Context,
  colors: SeatColors,
  category: number,
  x: number,
  y: number,
  r: number,
) => void

const PAINTERS: Record<SeatLook, Painter> = {
  available: (context, { fill }, category, x, y, r) => {
    traceSeat(context, category, x, y, r)
    context.fillStyle = fill
    context.fill()
  },
  accessible: (context, colors, category, x, y, r) => {
    PAINTERS.available(context, colors, category, x, y, r)
    if (r >= SIGN_RADIUS_MIN) drawWheelchair(context, colors.ink, x, y, r)
  },
  faded: (context, { line, ground }, category, x, y, r) => {
    traceSeat(context, category, x, y, 0.9 * r)
    context.fillStyle = ground
    context.fill()
    context.strokeStyle = line
    context.lineWidth = Math.max(1, 0.12 * r)
    context.stroke()
  },
  // A ring with a clock's hand: somebody has it, for some time.
  held: (context, { held }, category, x, y, r) => {
    context.strokeStyle = held
    context.lineWidth = Math.max(1, 0.22 * r)
    traceSeat(context, category, x, y, 0.82 * r)
    context.stroke()
    context.beginPath()
    context.moveTo(x, y - 0.38 * r)
    context.lineTo(x, y)
    context.lineTo(x + 0.3 * r, y + 0.12 * r)
    context.stroke()
  },
  // Small and full: gone, and out of the way.
  booked: (context, { booked }, category, x, y, r) => {
    traceSeat(context, category, x, y, 0.52 * r)
    context.fillStyle = booked
    context.fill()
  },
  // Crossed out: never was on sale.
  blocked: (context, { blocked }, category, x, y, r) => {
    context.strokeStyle = blocked
    context.lineWidth = Math.max(1, 0.16 * r)
    traceSeat(context, category, x, y, 0.82 * r)
    context.stroke()
    context.clip()
    context.beginPath()
    for (const shift of [-0.75, 0, 0.75]) {
      context.moveTo(x - r + shift * r, y + r)
      context.lineTo(x + r + shift * r, y - r)
    }
    context.stroke()
  },
  picked: (context, { accent, onAccent }, category, x, y, r) => {
    traceSeat(context, category, x, y, 1.1 * r)
    context.fillStyle = accent
    context.fill()
    drawCheck(context, onAccent, x, y, r)
  },
  own: (context, { accent, onAccent, ground }, category, x, y, r) => {
    traceSeat(context, category, x, y, 1.16 * r)
    context.fillStyle = accent
    context.fill()
    traceSeat(context, category, x, y, 0.94 * r)
    context.strokeStyle = ground
    context.lineWidth = Math.max(1, 0.14 * r)
    context.stroke()
    drawCheck(context, onAccent, x, y, 0.9 * r)
  },
}

function drawCheck(context: Context, color: string, x: number, y: number, r: number): void {
  context.beginPath()
  context.moveTo(x - 0.42 * r, y + 0.04 * r)
  context.lineTo(x - 0.1 * r, y + 0.36 * r)
  context.lineTo(x + 0.46 * r, y - 0.36 * r)
  context.strokeStyle = color
  context.lineWidth = Math.max(1, 0.24 * r)
  context.stroke()
}

/** The sign on doors and maps: a head, a back, a wheel. */
function drawWheelchair(context: Context, color: string, x: number, y: number, r: number): void {
  context.fillStyle = color
  context.strokeStyle = color
  context.lineWidth = Math.max(0.8, 0.15 * r)
  context.beginPath()
  context.arc(x - 0.08 * r, y - 0.55 * r, 0.14 * r, 0, 2 * Math.PI)
  context.fill()
  context.beginPath()
  context.moveTo(x - 0.08 * r, y - 0.28 * r)
  context.lineTo(x - 0.04 * r, y + 0.12 * r)
  context.lineTo(x + 0.3 * r, y + 0.12 * r)
  context.lineTo(x + 0.44 * r, y + 0.5 * r)
  context.stroke()
  context.beginPath()
  context.arc(x - 0.08 * r, y + 0.22 * r, 0.36 * r, -0.1 * Math.PI, 1.32 * Math.PI)
  context.stroke()
}
