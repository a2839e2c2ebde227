/** The terms of a show that the model knows; times in milliseconds since 1970. */
export interface ModelTerms {
  readonly seatCount: number
  readonly salesFrom: number | null
  readonly salesUntil: number | null
  readonly holdSeconds: number
  readonly holdSecondsMax: number
  readonly holdLifeSecondsMax: number
  readonly seatsPerHoldMax: number
  readonly seatsPerHolderMax: number | null
  readonly cancellable: boolean
  readonly cancelled: boolean
  readonly confirmBy: 'holder' | 'seller'
}
