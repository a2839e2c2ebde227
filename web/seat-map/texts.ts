import type { SeatStatus } from '../../src/protocol/index.ts'

const plural = (count: number, one: string, many = `${one}s`) =>
  `${count.toLocaleString('en')} ${count === 1 ? one : many}`

/** Every text of the map in English. A page may replace them: `map.texts = { hold: … }`. */
export const TEXTS = {
  mapOf: (name: string) => `Seats of ${name}`,
  howTo:
    'Arrow keys move between seats, Page Up and Page Down between rows, Home and End to the ends ' +
    'of a row. Enter or Space picks a seat. Plus, minus and zero zoom.',
  loading: 'Loading the seats…',
  failed: 'The seats cannot be shown.',
  retry: 'Try again',
  unanswered: 'The server does not answer, or the connection is very slow.',
  live: 'Live',
  polling: 'Updated every few seconds',
  lost: 'Connection lost, trying again…',
  back: 'Connected again.',

  row: (name: string) => `Row ${name}`,
  seat: (number: string) => `seat ${number}`,
  accessible: 'wheelchair place',
  companion: 'companion seat',
  accessibleSeats: 'Accessible',
  onlyAccessible: 'Show only accessible seats',
  restrictedView: 'restricted view',
  status: (status: SeatStatus) => status,
  own: 'held for you',
  picked: 'picked',
  heldFor: (time: string) => `held for another ${time}`,
  placesFree: (free: number, total: number) =>
    `${free.toLocaleString('en')} of ${plural(total, 'place')} available`,
  noMorePlaces: (name: string) => `No more places available: ${name}.`,
  generalAdmission: 'general admission',
  seatsFree: (free: number, total: number) =>
    free === 0 ? 'Sold out' : `${free.toLocaleString('en')} of ${plural(total, 'seat')} left`,
  share: (free: number, total: number) =>
    free === 0 ? 'sold out' : `${Math.max(1, Math.round((100 * free) / total))}% left`,

  left: (free: number) => `${free.toLocaleString('en')} left`,
  legend: 'Price categories',
  key: 'What the marks mean',
  onlyCategory: (name: string) => `Show only ${name}`,
  keyStatus: { held: 'Held', booked: 'Sold', blocked: 'Not on sale', own: 'Yours' },
  find: 'Go to seat',
  findExample: 'Row and seat, B12',
  notFound: (text: string) => `There is no seat “${text}”.`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  fit: 'Whole map',
  scrollToZoom: 'Hold Ctrl and scroll to zoom',
  nextRow: 'Next row',
  previousRow: 'Previous row',

  start: 'Pick seats on the map, or let us choose the best ones.',
  startView: 'Choose a seat to see what it is.',
  seats: (count: number) => plural(count, 'seat'),
  quantity: 'How many seats',
  fewer: 'One fewer',
  more: 'One more',
  best: (count: number) => (count === 1 ? 'Best seat' : `Best ${count} together`),
  bestOf: (count: number, category: string) =>
    count === 1 ? `Best ${category} seat` : `Best ${count} in ${category}`,
  bestAccessible: (count: number) =>
    count === 1 ? 'Best accessible seat' : `Best ${count}, one accessible`,
  hold: (count: number) => `Hold ${plural(count, 'seat')}`,
  holdPlaces: (count: number) => `Hold ${plural(count, 'place')}`,
  holding: 'Holding…',
  clear: 'Clear',
  unpick: (label: string) => `Remove ${label}`,
  release: 'Give back',
  releasing: 'Giving back…',
  releaseSeat: (label: string) => `Give back ${label}`,
  held: (count: number) => `${plural(count, 'seat')} held for you`,
  heldPlaces: (count: number) => `${plural(count, 'place')} held for you`,
  total: (sum: string) => `Total ${sum}`,
  notTogether: 'These are the best available; they are not all side by side.',
  timeLeft: 'Time left',
  timeLeftSpoken: (time: string) => `${time} left`,
  minutes: (minutes: number) => plural(minutes, 'minute'),
  seconds: (seconds: number) => plural(seconds, 'second'),
  released: 'Given back. The seats are free again.',
  expired: 'Time ran out, so the seats were given back.',
  expiredStillFree: 'Time ran out. Your seats are still free: hold them again?',
  confirmed: (count: number) => `${plural(count, 'seat')} booked. Enjoy the show!`,

  pickedSeat: (seat: string, count: number) => `${seat} picked. ${plural(count, 'seat')} picked.`,
  unpickedSeat: (seat: string, count: number) =>
    `${seat} no longer picked. ${plural(count, 'seat')} picked.`,
  cannotPick: (seat: string, status: SeatStatus) => `${seat} is ${status}.`,
  oneMoment: 'One moment, please.',
  atMost: (count: number) => `At most ${plural(count, 'seat')} at once.`,
  justTaken: (seats: string) => `${seats}: someone else was faster.`,
  reasons: {
    held: 'held',
    booked: 'sold',
    blocked: 'not on sale',
    unknown: 'not in this show',
    orphan: 'would be left alone',
  },
  refusals: {
    seats_unavailable: 'Someone else was faster:',
    orphan_left: 'Please don’t leave a single seat empty:',
    not_enough_seats: 'There are not that many seats left. Try fewer, or another category.',
    holder_limit_reached: 'That would be more seats than one person may have.',
    too_many_seats: 'That is more seats than may be held at once.',
    sales_not_open: 'Sales have not started yet.',
    sales_closed: 'Sales have ended.',
    show_cancelled: 'This show is cancelled.',
    show_unknown: 'There is no such show.',
    hold_expired: 'Time ran out, so the seats were given back.',
    busy: 'A lot of people are buying right now. Please try again.',
    rate_limited: 'Too many requests. Please wait a moment.',
    no_answer: 'The server does not answer. Please try again: nothing is done twice.',
    outcome_unknown: 'The answer was lost. Please try again: nothing is done twice.',
  } as Readonly<Record<string, string>>,
}

/** Texts that the map says, each under a name. */
export type Texts = typeof TEXTS
