import type { Show } from '../../../src/protocol/index.ts'
import { Choices } from './choices.tsx'

type ConfirmBy = Show['confirmBy']

const CHOICES = [
  {
    value: 'seller',
    name: 'The box office and partners',
    hint: 'For paid events: shoppers hold seats, and the shop confirms once it has the money.',
  },
  {
    value: 'holder',
    name: 'Whoever holds the seats',
    hint: 'For free events, or where people pay at the door: shoppers confirm their own holds.',
  },
] as const

/** Choice of who turns a hold into a booking: one between the two, in plain words. */
export function ConfirmByChoice(props: { value: ConfirmBy; onChange: (value: ConfirmBy) => void }) {
  return <Choices label="Who confirms bookings" choices={CHOICES} {...props} />
}
