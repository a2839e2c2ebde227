import type { Box } from '../house/seat-index.ts'

/** Point that the camera looks at, and how close it is. */
export interface View {
  /** The plan's point in the middle of the viewport. */
  readonly x: number
  readonly y: number
  /** CSS pixels per plan unit. */
  readonly scale: number
}

/** The closest that one may look: neighbours so many CSS pixels apart. */
const PITCH_PX_MAX = 72
/** On a narrow viewport, buttons stand in a line below the house; on a wide one, in its corners. */
const NARROW_PX = 620
const BUTTONS_PX = 58
/** A house may be pushed around until this share of the viewport is empty. */
const EMPTY_SHARE_MAX = 0.5

/**
 * Camera on the part of the house that is in view. All `px` are CSS pixels from the viewport's
 * corner.
 */
export class Camera implements View {
  x = 0
  y = 0
  scale = 1
  width = 1
  height = 1
  readonly #bounds: Box
  readonly #pitch: number

  constructor(bounds: Box, pitch: number) {
    this.#bounds = bounds
    this.#pitch = pitch
  }

  /** A new viewport. What was in the middle stays there; a house that was in full view stays so. */
  resize(width: number, height: number): void {
    const wasFit = this.isFit
    this.width = Math.max(width, 1)
    this.height = Math.max(height, 1)
    this.set(wasFit ? this.fitted : this)
  }

  get pitchPx(): number {
    return this.#pitch * this.scale
  }

  get fitted(): View {
    const { left, top, right, bottom } = this.#bounds
    const free = Math.max(this.height - this.#belowPx, this.height / 2)
    const fit = Math.min(this.width / (right - left), free / (bottom - top))
    const scale = Math.min(fit, this.scaleMax)
    return { x: (left + right) / 2, y: (top + bottom + this.#belowPx / scale) / 2, scale }
  }

  get #belowPx(): number {
    return this.width < NARROW_PX ? BUTTONS_PX : 0
  }

  get scaleMax(): number {
    return PITCH_PX_MAX / this.#pitch
  }

  /** True when the whole house is in view: then a finger scrolls the page, not the map. */
  get isFit(): boolean {
    return this.scale <= this.fitted.scale * 1.001
  }

  get box(): Box {
    const [halfWidth, halfHeight] = [this.width / 2 / this.scale, this.height / 2 / this.scale]
    return {
      left: this.x - halfWidth,
      right: this.x + halfWidth,
      top: this.y - halfHeight,
      bottom: this.y + halfHeight,
    }
  }

  /** Goes there, as far as the bounds allow. */
  set(view: View): void {
    const allowed = this.allowed(view)
    this.x = allowed.x
    this.y = allowed.y
    this.scale = allowed.scale
  }

  /** The view nearest to this one that keeps the house in sight. */
  allowed({ x, y, scale }: View): View {
    const { fitted } = this
    const bounded = Math.min(Math.max(scale, fitted.scale), this.scaleMax)
    const { left, top, right, bottom } = this.#bounds
    return {
      scale: bounded,
      x: within(x, left, right, this.width / bounded),
      y: within(y, top, bottom + this.#belowPx / bounded, this.height / bounded),
    }
  }

  pan(dxPx: number, dyPx: number): void {
    const { x, y, scale } = this
    this.set({ x: x - dxPx / scale, y: y - dyPx / scale, scale })
  }

  /** The view with another scale that leaves the plan's point under a pixel where it is. */
  zoomed(factor: number, px: number, py: number): View {
    const before = this.toPlan(px, py)
    const scale = Math.min(Math.max(this.scale * factor, this.fitted.scale), this.scaleMax)
    return this.allowed({
      scale,
      x: before.x - (px - this.width / 2) / scale,
      y: before.y - (py - this.height / 2) / scale,
    })
  }

  toPlan(px: number, py: number): { x: number; y: number } {
    return {
      x: this.x + (px - this.width / 2) / this.scale,
      y: this.y + (py - this.height / 2) / this.scale,
    }
  }

  toPx(x: number, y: number): { x: number; y: number } {
    return {
      x: (x - this.x) * this.scale + this.width / 2,
      y: (y - this.y) * this.scale + this.height / 2,
    }
  }
}

/** In the middle where all of it is in view; else so that at most half of the view is empty. */
function within(value: number, low: number, high: number, viewed: number): number {
  if (viewed >= high - low) return (low + high) / 2
  const slack = viewed * (0.5 - EMPTY_SHARE_MAX)
  return Math.min(Math.max(value, low + slack), high - slack)
}
