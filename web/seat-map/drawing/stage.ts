import { Camera, type View } from './camera.ts'
import { drawGround } from './draw-ground.ts'
import { drawLabels } from './draw-labels.ts'
import { SeatPainter } from './draw-seats.ts'
import type { Scene } from './scene.ts'

/** The canvases, from the bottom up. Each is drawn anew only when something on it has changed. */
export const LAYERS = ['ground', 'seats', 'labels'] as const
/** One of them. */
export type Layer = (typeof LAYERS)[number]

/** More device pixels than eyes can tell apart cost frames on phones. */
const RATIO_MAX = 2
const FLIGHT_MS = 260

/** Milliseconds that the last frame's layers took to draw. For measuring. */
export type FrameTimes = Readonly<Record<Layer, number>>

interface Flight {
  readonly from: View
  readonly to: View
  /** Time of its first frame. */
  startedAt: number
}

/** Stage that draws: at most once per frame, and only while something changes. */
export class Stage {
  readonly canvases: Readonly<Record<Layer, HTMLCanvasElement>>
  camera: Camera | null = null
  scene: Scene | null = null
  /** Told of each frame in which the camera has moved. */
  onMove: () => void = () => {}
  readonly frameTimes: Record<Layer, number> = { ground: 0, seats: 0, labels: 0 }
  readonly #contexts: Readonly<Record<Layer, CanvasRenderingContext2D>>
  readonly #painter = new SeatPainter()
  readonly #dirty = new Set<Layer>()
  #frame = 0
  #ratio = 1
  #width = 1
  #height = 1
  #flight: Flight | null = null

  constructor() {
    const canvases = {} as Record<Layer, HTMLCanvasElement>
    const contexts = {} as Record<Layer, CanvasRenderingContext2D>
    for (const layer of LAYERS) {
      canvases[layer] = document.createElement('canvas')
      canvases[layer].setAttribute('aria-hidden', 'true')
      contexts[layer] = canvases[layer].getContext('2d') as CanvasRenderingContext2D
    }
    this.canvases = canvases
    this.#contexts = contexts
  }

  /** Shows another house, all of it; or what was looked at already, if so wanted. */
  show(scene: Scene, keepsView = false): void {
    const before = this.camera
    this.scene = scene
    this.camera = new Camera(scene.house.bounds, scene.house.pitch)
    this.camera.resize(this.#width, this.#height)
    const keeps = keepsView && before !== null && !before.isFit
    this.camera.set(keeps ? before : this.camera.fitted)
    this.redraw()
  }

  /** The size in CSS pixels of the element that the canvases fill. */
  resize(width: number, height: number): void {
    this.#ratio = Math.min(devicePixelRatio || 1, RATIO_MAX)
    this.#width = width
    this.#height = height
    for (const layer of LAYERS) {
      this.canvases[layer].width = Math.max(1, Math.round(width * this.#ratio))
      this.canvases[layer].height = Math.max(1, Math.round(height * this.#ratio))
    }
    this.camera?.resize(width, height)
    this.onMove()
    for (const layer of LAYERS) this.#dirty.add(layer)
    // A canvas whose size was set is empty: drawn now, it does not blink.
    this.#draw()
  }

  /** Draws layers anew in the next frame: all when none is named. */
  redraw(...layers: Layer[]): void {
    for (const layer of layers.length > 0 ? layers : LAYERS) this.#dirty.add(layer)
    this.#frame ||= requestAnimationFrame((now) => this.#tick(now))
  }

  /** Moves the camera at once, and ends a flight. */
  moveTo(view: View): void {
    this.#flight = null
    this.camera?.set(view)
    this.#moved()
  }

  /** Moves the camera over a quarter of a second; at once where people want no motion. */
  flyTo(view: View): void {
    const { camera } = this
    if (camera === null) return
    if (matchMedia('(prefers-reduced-motion: reduce)').matches) {
      this.moveTo(view)
      return
    }
    const { x, y, scale } = camera
    this.#flight = { from: { x, y, scale }, to: camera.allowed(view), startedAt: 0 }
    this.redraw()
  }

  /** View of the camera once it has arrived. */
  get target(): View | null {
    return this.#flight?.to ?? this.camera
  }

  close(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  #moved(): void {
    this.redraw()
    this.onMove()
  }

  #tick(now: number): void {
    this.#frame = 0
    if (this.#flight !== null) this.#fly(now)
    this.#draw()
  }

  #fly(now: number): void {
    const flight = this.#flight as Flight
    flight.startedAt ||= now
    const share = Math.min((now - flight.startedAt) / FLIGHT_MS, 1)
    const eased = 1 - (1 - share) ** 3
    this.camera?.set(between(flight.from, flight.to, eased))
    if (share === 1) this.#flight = null
    for (const layer of LAYERS) this.#dirty.add(layer)
    if (this.#flight !== null) this.redraw()
    this.onMove()
  }

  #draw(): void {
    const { scene, camera } = this
    if (scene === null || camera === null) return
    for (const layer of LAYERS) {
      if (!this.#dirty.delete(layer)) continue
      const startedAt = performance.now()
      this.#drawLayer(layer, scene, camera)
      this.frameTimes[layer] = performance.now() - startedAt
    }
  }

  #drawLayer(layer: Layer, scene: Scene, camera: Camera): void {
    const context = this.#contexts[layer]
    if (layer === 'seats') {
      this.#painter.draw(context, scene, camera, this.#ratio)
      return
    }
    context.setTransform(this.#ratio, 0, 0, this.#ratio, 0, 0)
    context.clearRect(0, 0, camera.width, camera.height)
    if (layer === 'ground') drawGround(context, scene, camera)
    else drawLabels(context, scene, camera)
  }
}

/** Scales grow by factors, so that a zoom looks even. */
function between(from: View, to: View, share: number): View {
  const scale = from.scale * (to.scale / from.scale) ** share
  // Where the scale has got to says how far the middle has to be, or the zoom would swerve.
  const way =
    to.scale === from.scale ? share : (1 / from.scale - 1 / scale) / (1 / from.scale - 1 / to.scale)
  return { x: from.x + (to.x - from.x) * way, y: from.y + (to.y - from.y) * way, scale }
}
