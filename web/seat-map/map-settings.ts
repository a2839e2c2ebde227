/** The element's attributes, read once. */
export interface MapSettings {
  readonly show: string
  readonly server: string
  readonly key: string | null
  /** Seats that may be picked at once; null leaves it to the show's terms. */
  readonly max: number | null
  readonly holdSeconds: number | null
  readonly holder: string | null
  /** Nothing can be picked in a map that is for viewing. */
  readonly isView: boolean
  /** Taken seats may be picked, too: for people who release, cancel and block. */
  readonly picksAny: boolean
  readonly controls: ReadonlySet<Control>
  /** ISO 4217, for prices that are amounts. */
  readonly currency: string | null
  /** Keep the hold's id for as long as the tab is open. */
  readonly remembers: boolean
}

/** Parts of the element that a page may leave out. */
export const CONTROLS = ['legend', 'zoom', 'find', 'best', 'hold', 'connection'] as const
/** One of them. */
export type Control = (typeof CONTROLS)[number]

/** The attributes that are watched. */
export const ATTRIBUTES = [
  'show',
  'server',
  'key',
  'max',
  'hold-seconds',
  'holder',
  'mode',
  'pick',
  'controls',
  'currency',
  'remember',
] as const

/** Attributes that count from the next press on: no reason to load a map anew. */
export const CALM_ATTRIBUTES: ReadonlySet<string> = new Set([
  'max',
  'hold-seconds',
  'holder',
  'currency',
])

/** Reads the attributes. What makes no sense is as if it were not there. */
export function readSettings(element: Element): MapSettings {
  const text = (name: string) => element.getAttribute(name)?.trim() || null
  const count = (name: string) => {
    const value = Number(text(name) ?? Number.NaN)
    return Number.isInteger(value) && value > 0 ? value : null
  }
  const wanted = element.getAttribute('controls')?.split(/[\s,]+/)
  return {
    show: text('show') ?? '',
    server: text('server') ?? '',
    key: text('key'),
    max: count('max'),
    holdSeconds: count('hold-seconds'),
    holder: text('holder'),
    isView: text('mode') === 'view',
    picksAny: text('pick') === 'any',
    controls: new Set(CONTROLS.filter((control) => wanted?.includes(control) ?? true)),
    currency: text('currency')?.toUpperCase() ?? null,
    remembers: element.hasAttribute('remember'),
  }
}
