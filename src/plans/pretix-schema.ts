import { z } from 'zod'

// The schema of pretix, version of 2021 and later. It allows no additional properties, but people
// extend it: what we do not know is left out with a warning. Lists are read element by element.
const list = z.array(z.unknown())
const position = z.object({ x: z.number(), y: z.number() })
// A minus zero would not survive being written as JSON.
const size = z.int().transform((value) => value + 0)
const uuid = z.string().nullish()
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false)
// Long before they are put together: a pattern of many placeholders must not become a giant.
const short = z.string().max(200)

/** The file. */
export const rootSchema = z.object({
  name: z.string(),
  zones: list,
  categories: list,
  size: z.object({ width: size, height: size }),
})

/** A price class; seats name it. */
export const categorySchema = z.object({ name: z.string(), color: z.string().optional() })

/** A zone; its rows and areas are placed relative to it. */
export const zoneSchema = z.object({
  name: z.string().optional(),
  zone_id: z.string().optional(),
  uuid,
  position,
  rows: list,
  areas: list.default([]),
})

/** A row, placed relative to its zone. */
export const rowSchema = z.object({
  row_number: short,
  row_label: z.string().nullable().optional(),
  seat_label: short.nullable().optional(),
  row_number_position: z.enum(['start', 'end', 'both']).nullable().optional(),
  position: position.optional(),
  uuid,
  seats: list,
})

/** A seat, placed relative to its row. */
export const seatSchema = z.object({
  seat_guid: z.string(),
  seat_number: short,
  position,
  category: z.string().nullish(),
  radius: z.number().optional(),
  start_direction: z.enum(['<', '>', '<>']).nullable().optional(),
  uuid,
  // Of extensions.
  wheelchair: flag,
  accessible: flag,
  companion: flag,
  restricted_view: flag,
})

/** Something drawn, placed relative to its zone. One object is named like its shape. */
export const areaSchema = z.object({
  shape: z.enum(['polygon', 'rectangle', 'ellipse', 'circle', 'text']).optional(),
  color: z.string().optional(),
  border_color: z.string().optional(),
  rotation: z.number().optional(),
  position: position.optional(),
  uuid,
  polygon: z.object({ points: list }).optional(),
  rectangle: z.object({ width: z.number(), height: z.number() }).optional(),
  ellipse: z.object({ radius: position }).optional(),
  circle: z.object({ radius: z.number() }).optional(),
  text: z
    .strictObject({
      text: z.string(),
      color: z.string().optional(),
      size: z.number().optional(),
      position,
    })
    .optional(),
})

export { position as positionSchema }
