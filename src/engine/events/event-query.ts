/** The events that are asked for: an owner's and the show's own, or everybody's (null). */
export interface EventQuery {
  readonly after: string | undefined
  readonly limit: number
  readonly owner: string | null
}
