/** Outlines in a square of 24, drawn with a round pen. */
const PATHS = {
  mark: 'M7 4v5a5 5 0 0 0 10 0V4M12 14v6M4.5 20h15',
  calendar: 'M5 6h14v14H5zM5 10h14M9 3v4M15 3v4',
  venue: 'M4 20V9l8-5 8 5v11M3 20h18M9 20v-6h6v6',
  plus: 'M12 5v14M5 12h14',
  pulse: 'M3 12h4l3-7 4 14 3-7h4',
  key: 'M10 14a4 4 0 1 1 0-8 4 4 0 0 1 0 8zM13 12l8 8M17 16l2-2',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l5 5',
  close: 'M6 6l12 12M18 6L6 18',
  back: 'M15 5l-7 7 7 7',
  up: 'M5 15l7-7 7 7',
  undo: 'M9 14l-5-5 5-5M4 9h10a6 6 0 0 1 0 12h-3',
  warning: 'M12 4l9 16H3zM12 10v4M12 17v.5',
  check: 'M5 13l4 4L19 7',
  clock: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM12 7v5l3 2',
  lock: 'M6 11h12v9H6zM8 11V8a4 4 0 0 1 8 0v3',
  swap: 'M4 8h14l-4-4M20 16H6l4 4',
  upload: 'M12 16V4M7 9l5-5 5 5M4 20h16',
  star: 'M12 4l2.4 5 5.6.7-4.1 3.8 1.1 5.5-5-2.8-5 2.8 1.1-5.5L4 9.7 9.6 9z',
  book: 'M4 7h16v4a2 2 0 0 0 0 3v4H4v-4a2 2 0 0 0 0-3zM14 8v9',
  ban: 'M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18zM6 6l12 12',
  person: 'M12 4a4 4 0 1 1 0 8 4 4 0 0 1 0-8zM4 21a8 8 0 0 1 16 0',
  people: 'M9 5a3 3 0 1 1 0 6 3 3 0 0 1 0-6zM3 20a6 6 0 0 1 12 0M16 5a3 3 0 0 1 0 6M18 15q3 1 3 5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  link: 'M9 15l6-6M8 11l-3 3a4 4 0 0 0 6 6l3-3M16 13l3-3a4 4 0 0 0-6-6l-3 3',
  docs: 'M6 3h9l4 4v14H6zM9 12h7M9 16h7',
} as const

/** The name of a picture. */
export type IconName = keyof typeof PATHS

/** A picture beside words; never instead of them, so screen readers pass over it. */
export function Icon({ name, size = 20 }: { name: IconName; size?: number }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  )
}
