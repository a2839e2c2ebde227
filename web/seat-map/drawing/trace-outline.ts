import type { Point } from '../../../src/protocol/index.ts'
import type { Camera } from './camera.ts'

/** Begins a path along closed corners. */
export function traceOutline(
  context: CanvasRenderingContext2D,
  camera: Camera,
  outline: readonly Point[],
): void {
  context.beginPath()
  outline.forEach((corner, index) => {
    const { x, y } = camera.toPx(corner.x, corner.y)
    if (index === 0) context.moveTo(x, y)
    else context.lineTo(x, y)
  })
  context.closePath()
}
