/** The chapters of the reference, in its order. */
export const TAGS = [
  { name: 'Venues', description: 'A place. It has one or more seating plans.' },
  {
    name: 'Plans',
    description: 'Seating plans: sections, rows, seats and categories, with positions for drawing.',
  },
  { name: 'Shows', description: 'One performance on one plan: what is sold, and on which terms.' },
  { name: 'Seats', description: 'What is available, held, booked or blocked right now.' },
  { name: 'Holds', description: 'Seats taken for one holder for a few minutes. All or nothing.' },
  { name: 'Bookings', description: 'Seats sold, from a hold or directly.' },
  { name: 'Blocks', description: 'House seats: withheld from sale, with a reason.' },
  { name: 'Journal', description: 'The history of a show, complete and numbered without gaps.' },
  { name: 'Users', description: 'People who buy, sell at the counter, or run the system.' },
  { name: 'Sessions', description: 'Signing in and out. Short-lived tokens, renewed by others.' },
  { name: 'Me', description: 'Who is asking, and what belongs to them.' },
  { name: 'API keys', description: 'Keys of partner systems, each for some uses and shows.' },
  { name: 'Webhooks', description: 'What happened, told to the systems that need to know.' },
  { name: 'Audit', description: 'What was done to people and keys, and by whom.' },
  { name: 'System', description: 'How the server is.' },
] as const

/** One of them. */
export type Tag = (typeof TAGS)[number]['name']
