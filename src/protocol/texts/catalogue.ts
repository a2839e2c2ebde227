import type { FieldTexts } from './shared.ts'

/** Venues, plans and shows. */
export const CATALOGUE: FieldTexts = {
  CreateVenueBody: { name: 'The name of the venue. Two venues may have the same name.' },
  ChangeVenueBody: {
    name: 'The new name of the venue.',
    retired: 'Whether new plans and shows are kept from using it. Its shows carry on.',
  },
  ListVenuesQuery: { retired: 'Retired venues, those that are not (the default), or all.' },
  Venue: {
    id: 'The id of the venue: `venue_` and 32 hexadecimal digits.',
    name: 'The name of the venue.',
    timeZone: 'IANA name of its time zone, for showing local times. Null if none was given.',
  },
  CreatePlanBody: {
    name: 'The name of the plan. That of the source by default.',
    source: 'The plan itself: an object for JSON formats, text for CSV.',
  },
  ChangePlanBody: {
    name: 'The new name of the plan.',
    retired: 'Whether new shows are kept from using it. Existing shows keep it.',
  },
  PlanOverview: {
    id: 'The id of the plan: `plan_` and 32 hexadecimal digits.',
    venue: 'The id of its venue.',
    name: 'The name of the plan.',
  },
  ListPlansQuery: { retired: 'Retired plans, those that are not (the default), or all.' },
  GetPlanQuery: { format: 'The whole plan as a file of this format. A summary by default.' },
  Plan: {
    id: 'The id of the plan: `plan_` and 32 hexadecimal digits.',
    venue: "The id of its venue. Null for a show's own plan.",
    name: 'The name of the plan.',
    categories: 'Its price categories, in the order of the plan.',
    'categories.seatCount': 'How many seats it has.',
    sections: 'Its sections, in the order of the plan.',
    'sections.seatCount': 'How many seats or places it has.',
  },
  CreatedPlan: {
    summary: 'What was understood of the source, in numbers.',
    warnings:
      'What may have been read differently from what you meant. Empty if nothing was found.',
  },
  PlanWarning: {
    code: 'What it is about. Codes may be added, never renamed.',
    message: 'The warning, for people.',
  },
  PlanSummary: {
    seats: 'How many seats, places of general admission included.',
    sections: 'How many sections.',
    longestRow: 'The row with the most seats. Null if there are no rows.',
    'longestRow.section': 'The key of its section. Null if it is in none.',
    'longestRow.row': 'The name of the row.',
    'longestRow.seats': 'How many seats it has.',
    accessible: 'How many seats are accessible.',
    companion: 'How many seats are for companions.',
    restrictedView: 'How many seats have a restricted view.',
    categories: 'Its price categories, in the order of the plan.',
    'categories.seats': 'How many seats it has.',
  },
  SeatMap: {
    plan: 'The id of the plan that is sold from.',
    name: 'The name of the plan.',
    width: 'Width of the plan, in its own units.',
    height: 'Height of the plan, in its own units.',
    focalPoint: 'Where everyone looks: the middle of the stage. Null if the plan has none.',
    categories: 'Price categories. Seats name them by their index here.',
    'categories.color': 'The colour to draw it in, as `#rrggbb`. Null: choose one.',
    'categories.accessible': 'Whether all its seats are accessible.',
    sections: 'Sections. Seats name them by their index here.',
    'sections.entrance': 'Which entrance to use. Null if the plan does not say.',
    'sections.outline': 'Corners of its outline, closed by itself. Empty if it has none.',
    shapes: 'What is drawn besides seats: a stage, a bar, a text.',
    'shapes.kind': 'What to draw.',
    'shapes.x': 'Horizontal position of its centre, in units of the plan.',
    'shapes.y': 'Vertical position of its centre, in units of the plan.',
    'shapes.width': 'Its width before it is rotated, in units of the plan.',
    'shapes.height': 'Its height before it is rotated, in units of the plan.',
    'shapes.rotation': 'Degrees, clockwise.',
    'shapes.points': 'Corners of a polygon, as drawn: do not rotate them. Empty for others.',
    'shapes.text': 'What is written in it. Null for nothing.',
    'shapes.color': 'The colour to draw it in, as `#rrggbb`. Null: choose one.',
    seats: 'The seats, in columns: element n of each is seat number n, from 0.',
    'seats.labels': 'Labels, as in requests.',
    'seats.rows': 'Rows. Null for a seat in none.',
    'seats.numbers': 'Numbers inside the row, as printed.',
    'seats.xs': 'Horizontal positions of their centres, in units of the plan.',
    'seats.ys': 'Vertical positions of their centres, in units of the plan.',
  },
  CreateShowBody: {
    key: 'The name of the show in addresses: unique, at most 100 characters.',
    plan: 'The id of the plan to sell from. Leave it out to give `seats`.',
  },
  ChangeShowBody: {
    cancelled: 'Whether it is cancelled: nothing is sold, and bookings can be given back.',
  },
  Show: {
    key: 'The name of the show in addresses.',
    venue: 'The id of its venue. Null for a show with its own plan.',
    plan: 'The id of the plan that is sold from.',
    cancelledAt: 'When it was cancelled, in UTC. Null if it was not.',
    archivedAt: 'When it was archived, in UTC: lists leave it out. Null while it is not.',
  },
  CreatedShow: {
    summary: 'What was understood of its own seats. Absent if a plan was named.',
    warnings:
      'What may have been read differently from what you meant. Absent if a plan was named.',
  },
  RepeatShowBody: {
    shows: 'The shows to create, all or none.',
    'shows.key': 'The name of the new show in addresses: unique.',
    'shows.title': 'Its title. That of the show it repeats by default.',
  },
  RepeatedShows: { items: 'The shows, in the order in which you asked for them.' },
  DeletedShow: {
    key: 'The key that the show had. It can be used again.',
    deletedAt: 'When it was deleted, in UTC.',
  },
  ListShowsQuery: {
    venue: 'Only shows at the venue with this id.',
    startsAfter: 'Only shows that start at this instant or later.',
    startsBefore: 'Only shows that start before this instant.',
  },
  JournalEntry: {
    version: 'The version of the show that it made. They count from 1, without gaps.',
    at: 'When it happened, in UTC, by the database clock.',
    kind: 'What happened, such as `hold`, `confirm` or `cancel`.',
    until: 'When the hold ends after it, in UTC. Null if nothing ends by itself.',
    bookedAt: 'When the seats were booked, in UTC. Null if they were not.',
    requestId:
      'Identifies the write: repeats under one idempotency key share it. Null without one.',
    details: 'Details that depend on the kind of entry. Null if there are none.',
  },
  ListJournalQuery: {
    kind: 'Only entries of this kind.',
    after: 'Only entries after this version.',
  },
}
