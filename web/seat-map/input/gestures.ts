import type { Stage } from '../drawing/stage.ts'

/**
 * Events of what a person did with a pointer. Coordinates in CSS pixels from the stage's corner.
 */
export interface GestureEvents {
  onTap(px: number, py: number, event: PointerEvent): void
  onHover(px: number, py: number): void
  onLeave(): void
  /** A frame was drawn around seats with Shift held down. */
  onFrame(from: { x: number; y: number }, to: { x: number; y: number }): void
  onFrameMove(from: { x: number; y: number }, to: { x: number; y: number } | null): void
  /** The wheel was turned where it scrolls the page. */
  onScroll(): void
}

/** CSS pixels that a finger or a mouse may slip in a tap. */
const SLIP_MAX = { mouse: 4, touch: 10, pen: 8 } as Readonly<Record<string, number>>
const WHEEL_STRENGTH = 0.0018
const LINE_PX = 18

interface Finger {
  x: number
  y: number
}

/** Pan with one pointer, pinch with two, zoom with the wheel, tap, hover, and frames with Shift. */
export class Gestures {
  readonly #element: HTMLElement
  readonly #stage: Stage
  readonly #events: GestureEvents
  readonly #fingers = new Map<number, Finger>()
  readonly #end = new AbortController()
  #start: Finger | null = null
  #isDrag = false
  #isFraming = false
  #wasTouched = false

  constructor(element: HTMLElement, stage: Stage, events: GestureEvents) {
    this.#element = element
    this.#stage = stage
    this.#events = events
    const { signal } = this.#end
    element.addEventListener('pointerdown', (event) => this.#down(event), { signal })
    element.addEventListener('pointermove', (event) => this.#move(event), { signal })
    element.addEventListener('pointerup', (event) => this.#up(event), { signal })
    element.addEventListener('pointercancel', (event) => this.#cancel(event), { signal })
    element.addEventListener('pointerleave', () => this.#leave(), { signal })
    element.addEventListener('wheel', (event) => this.#wheel(event), { signal, passive: false })
  }

  close(): void {
    this.#end.abort()
  }

  #down(event: PointerEvent): void {
    if (event.button > 1) return
    const at = this.#at(event)
    this.#fingers.set(event.pointerId, at)
    this.#wasTouched = true
    if (this.#fingers.size > 1) {
      this.#isDrag = true
      return
    }
    this.#start = at
    this.#isDrag = false
    this.#isFraming = event.shiftKey && event.button === 0
  }

  #move(event: PointerEvent): void {
    const at = this.#at(event)
    const before = this.#fingers.get(event.pointerId)
    if (before === undefined) {
      this.#events.onHover(at.x, at.y)
      return
    }
    const slip = this.#start === null ? 0 : Math.hypot(at.x - this.#start.x, at.y - this.#start.y)
    if (!this.#isDrag && slip > (SLIP_MAX[event.pointerType] ?? 6)) this.#beginDrag(event)
    if (!this.#isDrag) return
    if (this.#isFraming && this.#start !== null) {
      this.#events.onFrameMove(this.#start, at)
    } else if (this.#fingers.size === 1) {
      this.#pan(at.x - before.x, at.y - before.y)
    } else {
      this.#pinch(event.pointerId, before, at)
    }
    this.#fingers.set(event.pointerId, at)
  }

  #beginDrag({ pointerId }: PointerEvent): void {
    this.#isDrag = true
    this.#events.onLeave()
    this.#element.setPointerCapture(pointerId)
  }

  #up(event: PointerEvent): void {
    const at = this.#at(event)
    const isLast = this.#fingers.delete(event.pointerId) && this.#fingers.size === 0
    if (!isLast) return
    if (!this.#isDrag) this.#events.onTap(at.x, at.y, event)
    else if (this.#isFraming && this.#start !== null) this.#events.onFrame(this.#start, at)
    this.#reset()
  }

  #cancel(event: PointerEvent): void {
    this.#fingers.delete(event.pointerId)
    if (this.#fingers.size === 0) this.#reset()
  }

  #reset(): void {
    if (this.#isFraming && this.#start !== null) this.#events.onFrameMove(this.#start, null)
    this.#start = null
    this.#isDrag = false
    this.#isFraming = false
  }

  #leave(): void {
    this.#wasTouched = false
    this.#events.onLeave()
  }

  #pan(dx: number, dy: number): void {
    const { camera } = this.#stage
    if (camera === null) return
    const { x, y, scale } = camera
    this.#stage.moveTo({ x: x - dx / scale, y: y - dy / scale, scale })
  }

  /** One of two fingers has moved: the plan's points under both stay under them. */
  #pinch(pointerId: number, before: Finger, at: Finger): void {
    const { camera } = this.#stage
    const other = [...this.#fingers].find(([id]) => id !== pointerId)?.[1]
    if (camera === null || other === undefined) return
    const spread = Math.max(Math.hypot(before.x - other.x, before.y - other.y), 1)
    const factor = Math.hypot(at.x - other.x, at.y - other.y) / spread
    const dx = (at.x - before.x) / 2
    const dy = (at.y - before.y) / 2
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 }
    this.#stage.moveTo(camera.zoomed(factor, middle.x - dx, middle.y - dy))
    this.#pan(dx, dy)
  }

  /** On a page that scrolls, the wheel is the page's until somebody has touched the map. */
  #wheel(event: WheelEvent): void {
    const { camera } = this.#stage
    if (camera === null) return
    const isOurs = event.ctrlKey || event.metaKey || this.#wasTouched || !pageScrolls()
    const isOut = event.deltaY > 0
    if (!isOurs) {
      this.#events.onScroll()
      return
    }
    if (isOut && camera.isFit && !event.ctrlKey) return
    event.preventDefault()
    const px = event.deltaY * (event.deltaMode === WheelEvent.DOM_DELTA_LINE ? LINE_PX : 1)
    // A trackpad's pinch comes as small steps with Ctrl.
    const strength = WHEEL_STRENGTH * (event.ctrlKey && Math.abs(px) < 50 ? 5 : 1)
    const { x, y } = this.#at(event)
    this.#stage.moveTo(camera.zoomed(Math.exp(-px * strength), x, y))
  }

  #at(event: MouseEvent): Finger {
    const { left, top } = this.#element.getBoundingClientRect()
    return { x: event.clientX - left, y: event.clientY - top }
  }
}

function pageScrolls(): boolean {
  const page = document.scrollingElement
  return page !== null && page.scrollHeight > page.clientHeight + 1
}
