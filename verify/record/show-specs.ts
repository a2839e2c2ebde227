import type { ShowSpec } from './stage.ts'

const BRIEF = { holdSeconds: 1, holdSecondsMax: 4, holdLifeSecondsMax: 6 }

/** A few seats, all of which everybody wants; holds of a second. */
const CROWDED: ShowSpec = {
  name: 'crowded',
  seats: { rows: 'A-B', seatsPerRow: 6 },
  placeSections: [],
  terms: { ...BRIEF, maxSeatsPerHold: 4, maxSeatsPerHolder: null },
}

/** More seats, and holders who may have six of them. */
const LIMITED: ShowSpec = {
  name: 'limited',
  seats: { rows: 'A-D', seatsPerRow: 8 },
  placeSections: [],
  terms: { ...BRIEF, holdSeconds: 2, maxSeatsPerHold: 6, maxSeatsPerHolder: 6 },
}

/** Rows with two places for wheelchairs, and a floor without seats. */
const MIXED: ShowSpec = {
  name: 'mixed',
  plan: {
    name: 'Verify: rows and a floor',
    sections: [
      { key: 'Stalls', name: 'Stalls' },
      { key: 'Floor', name: 'Floor', generalAdmission: true },
    ],
    seats: [
      ...Array.from({ length: 16 }, (_, index) => ({
        label: `${'AB'[Math.floor(index / 8)]}${(index % 8) + 1}`,
        section: 'Stalls',
        accessible: index % 8 === 0,
      })),
      ...Array.from({ length: 12 }, (_, index) => ({ label: `F${index + 1}`, section: 'Floor' })),
    ],
  },
  placeSections: ['Floor'],
  terms: { ...BRIEF, holdSeconds: 2, maxSeatsPerHold: 6, maxSeatsPerHolder: null },
}

/** The shows that every round is played on. */
export const SHOW_SPECS: readonly ShowSpec[] = [CROWDED, LIMITED, MIXED]
