import type { OperationId } from '../../src/protocol/operations/index.ts'
import type { Sent, World } from './world.ts'

/** A request that costs more than the good one, or more than one thinks. */
export interface SpecialRequest {
  readonly name: string
  readonly make: () => Promise<Sent>
  /** Rounds, where there cannot be as many as of the others; then there is no warming up either. */
  readonly rounds?: number
}

/** Refusals that come late, and what is made once and kept. */
export function specialRequests(
  world: World,
): Readonly<Partial<Record<OperationId, SpecialRequest[]>>> {
  const { at } = world
  const formats = ['rowlock', 'csv']
  const sold = async () => world.seats.slice(0, 1_000)
  return {
    createSession: [
      {
        name: 'wrong password',
        make: async () => {
          const { email } = await world.person()
          return world.post('/v1/sessions', { email, password: 'nine-red-rowing-boats' }, {})
        },
        rounds: 5,
      },
    ],
    createUser: [
      {
        name: 'e-mail taken',
        make: async () => {
          const { email } = await world.person()
          return world.post('/v1/users', { name: 'New', ...world.credentials(email) }, {})
        },
        rounds: 3,
      },
    ],
    getPlan: [
      {
        name: 'fresh export',
        make: async () => world.get(`/v1/plans/${world.plan}?format=${formats.pop()}`, world.user),
        rounds: formats.length,
      },
    ],
    holdSeats: [
      {
        name: 'seats taken',
        make: async () => world.post('/v1/shows/arena/holds', { seats: await sold() }, world.user),
      },
      {
        name: 'best of all',
        make: async () => world.post(`${at}/holds`, { best: { quantity: 1_000 } }, world.user),
      },
    ],
    bookSeats: [
      {
        name: 'seats by name',
        make: async () =>
          world.post(`${at}/bookings`, { seats: world.nextSeats(1_000) }, world.user),
      },
    ],
  }
}
