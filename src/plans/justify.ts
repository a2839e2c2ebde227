import { SEAT_PITCH } from './seat-layout.ts'

/** Seats are moved apart by no more than this, so that a short row does not become a sparse one. */
const STRETCH_MAX = 1.3

/**
 * Distances from the middle of a row for its seats. They fill the length, so that the rows of a
 * block end in one line and its aisles are straight.
 */
export function justify(count: number, length: number): number[] {
  const pitch = Math.min(STRETCH_MAX * SEAT_PITCH, Math.max(SEAT_PITCH, length / count))
  return Array.from({ length: count }, (_, place) => (place - (count - 1) / 2) * pitch)
}
