import type { Point } from '../protocol/index.ts'
import { boxAround, roundPoint } from './shape-parts.ts'
import { shareOut } from './share-out.ts'

/** An outline of more corners is followed at some of them: the eye sees no difference. */
const CORNERS_MAX = 256

/**
 * `count` places evenly inside a closed outline, in lines from top to bottom; all in the middle of
 * an outline that has no room.
 */
export function spreadInside(outline: readonly Point[], count: number): Point[] {
  const corners = pickEvenly(outline, Math.min(outline.length, CORNERS_MAX))
  const step = Math.sqrt(areaOf(corners) / count)
  const stretches = step > 0 ? stretchesInside(corners, step, count) : []
  const lengths = stretches.map(({ from, to }) => to - from)
  const counts = shareOut(lengths, stretches.length > 0 ? count : 0)
  const places = stretches.flatMap(({ from, to, y }, index) => {
    const room = counts[index] as number
    return Array.from({ length: room }, (_, place) => {
      return { x: from + ((place + 0.5) / room) * (to - from), y }
    })
  })
  if (places.length === count) return places.map(roundPoint)
  return Array.from({ length: count }, () => roundPoint(boxAround(outline)))
}

interface Stretch {
  from: number
  to: number
  y: number
}

/** Level lines, as far apart as the places on them, cut off at the outline. */
function stretchesInside(corners: readonly Point[], step: number, count: number): Stretch[] {
  const box = boxAround(corners)
  const lines = Math.min(Math.max(1, Math.round(box.height / step)), count)
  return Array.from({ length: lines }, (_, line) => {
    const y = box.y + ((line + 0.5) / lines - 0.5) * box.height
    const crossings = crossingsAt(corners, y)
    const pairs = crossings.length >> 1
    return Array.from({ length: pairs }, (_, pair) => {
      return { from: crossings[2 * pair] as number, to: crossings[2 * pair + 1] as number, y }
    })
  }).flat()
}

/** Points at which a level line enters and leaves the outline, from left to right. */
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
