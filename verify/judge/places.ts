import type { Json } from '../history/history.ts'

/** Counts how many places of general admission a body asks for, over all sections. */
export function seatsOfPlaces(places: Json | undefined): number {
  return placesIn(places).reduce((sum, { quantity }) => sum + quantity, 0)
}

/** The sections and quantities that a body asks for. */
export function placesIn(
  places: Json | undefined,
): readonly { readonly section: string; readonly quantity: number }[] {
  if (!Array.isArray(places)) return []
  return places.flatMap((place) => {
    if (typeof place !== 'object' || place === null) return []
    const { section, quantity } = place as Record<string, Json>
    return typeof section === 'string' && typeof quantity === 'number'
      ? [{ section, quantity }]
      : []
  })
}
