/**
 * Place up to which somebody has been told of a show: its last entry, and the last hold that ran
 * out.
 */
export interface EventPosition {
  readonly version: number
  readonly expiryNo: number
}

/**
 * A position as somebody keeps it, with the number of restores that the database had behind it.
 * Versions are given away again after a restore: with that number, one of a history that is gone is
 * not taken for one of today's.
 */
export interface KeptPosition extends EventPosition {
  readonly restores: number
}

/** Null: it was read just now. */
export interface ReadPosition extends EventPosition {
  readonly restores: number | null
}

/**
 * Writes a position for the wire: `12`, `12.3` when holds have run out, `12.3_r1` after a restore.
 */
export function toAfter({ version, expiryNo, restores }: KeptPosition): string {
  const expiries = expiryNo === 0 ? '' : `.${expiryNo}`
  return `${version}${expiries}${restores === 0 ? '' : `_r${restores}`}`
}

/**
 * Reads it back. What is left out is the beginning; a version alone knows of no expiry, and of no
 * restore.
 */
export function fromAfter(after = '0'): KeptPosition {
  const [position = '', restores = '0'] = after.split('_r')
  const [version = '0', expiryNo = '0'] = position.split('.')
  return { version: Number(version), expiryNo: Number(expiryNo), restores: Number(restores) }
}
