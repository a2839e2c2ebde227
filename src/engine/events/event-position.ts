/**
 * Place up to which somebody has been told of a show: its last entry, and the last hold that ran
 * out.
 */
export interface EventPosition {
  readonly version: number
  readonly expiryNo: number
}

/** Before everything. */
export const BEGINNING: EventPosition = { version: 0, expiryNo: 0 }

/** As it goes over the wire: `12`, or `12.3` when holds have run out. */
export function toAfter({ version, expiryNo }: EventPosition): string {
  return expiryNo === 0 ? String(version) : `${version}.${expiryNo}`
}

/** Reads it back. What is left out is the beginning; a version alone knows of no expiry. */
export function fromAfter(after: string | undefined): EventPosition {
  if (after === undefined) return BEGINNING
  const [version = '0', expiryNo = '0'] = after.split('.')
  return { version: Number(version), expiryNo: Number(expiryNo) }
}
