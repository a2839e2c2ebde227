import type { Point } from '../../protocol/index.ts'
import { boxAround, roundPoint } from './shape-parts.ts'

/** Each attempt is this much closer than the one before; the last, 25 times as dense as the first. */
const CLOSER = 0.9
const ATTEMPTS = 16
/** An outline of more corners is followed at some of them: the eye sees no difference. */
const CORNERS_MAX = 256

/**
 * `count` places evenly inside a closed outline, in lines from top to bottom; all in the middle of
 * an outline that has no room.
 */
export function spreadInside(outline: readonly Point[], count: number): Point[] {
  const corners = pickEvenly(outline, Math.min(outline.length, CORNERS_MAX))
  let step = Math.sqrt(areaOf(corners) / count)
  for (let attempt = 0; attempt < ATTEMPTS && step > 0; attempt += 1) {
    const places = fillLines(corners, step, count)
    if (places.length >= count) return pickEvenly(places, count).map(roundPoint)
    step *= CLOSER
  }
  return Array.from({ length: count }, () => roundPoint(boxAround(outline)))
}

function fillLines(corners: readonly Point[], step: number, count: number): Point[] {
  const box = boxAround(corners)
  const lines = Math.min(Math.max(1, Math.floor(box.height / step)), 2 * count)
  const places: Point[] = []
  for (let line = 0; line < lines; line += 1) {
    const y = box.y + (line - (lines - 1) / 2) * step
    const crossings = crossingsAt(corners, y)
    for (let index = 0; index + 1 < crossings.length; index += 2) {
      const [from, to] = [crossings[index] as number, crossings[index + 1] as number]
      const room = Math.min(Math.floor((to - from) / step), 2 * count)
      for (let place = 0; place < room; place += 1) {
        places.push({ x: (from + to) / 2 + (place - (room - 1) / 2) * step, y })
      }
    }
    if (places.length > 4 * count) break
  }
  return places
}

/** Where a level line enters and leaves the outline, from left to right. */
function crossingsAt(corners: readonly Point[], y: number): number[] {
  const crossings: number[] = []
  corners.forEach((corner, index) => {
    const before = corners.at(index - 1) as Point
    if (corner.y > y === before.y > y) return
    const share = (y - corner.y) / (before.y - corner.y)
    crossings.push(corner.x + share * (before.x - corner.x))
  })
  return crossings.sort((left, right) => left - right)
}

function areaOf(corners: readonly Point[]): number {
  const twice = corners.reduce((sum, corner, index) => {
    const before = corners.at(index - 1) as Point
    return sum + before.x * corner.y - corner.x * before.y
  }, 0)
  return Math.abs(twice) / 2
}

function pickEvenly<T>(elements: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => {
    return elements[Math.floor((index * elements.length) / count)] as T
  })
}
