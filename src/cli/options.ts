import { InvalidArgumentError } from 'commander'

/** Parses an option that is a whole number, `min` at least. */
export function wholeOption(min: number, max: number = 1_000_000_000): (text: string) => number {
  return (text) => {
    const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN
    if (value >= min && value <= max) return value
    throw new InvalidArgumentError(`It must be a whole number from ${min} to ${max}.`)
  }
}

/** A TCP port; 0 is any free one. */
export const portOption = wholeOption(0, 65_535)

/** Parses labels of seats: `A1, A2`. */
export function labelList(text: string): string[] {
  return text.split(',').map((label) => label.trim())
}
