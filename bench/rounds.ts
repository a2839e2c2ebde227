import type { Figure } from './case.ts'

/** All figures of a run, by id, in the order of the rounds. */
export class Rounds {
  readonly #figures = new Map<string, Figure[]>()

  add(figure: Figure): void {
    const known = this.#figures.get(figure.id)
    if (known) known.push(figure)
    else this.#figures.set(figure.id, [figure])
  }

  /** The figures of each id, one for each round. */
  all(): (readonly Figure[])[] {
    return [...this.#figures.values()]
  }

  /** Null when it was not measured. */
  median(id: string): number | null {
    const figures = this.#figures.get(id)
    return figures ? median(figures.map(({ value }) => value)) : null
  }

  /** The median of what one is over the other in the same round. */
  ratio(id: string, base: string): number | null {
    const [ones, others] = [this.#figures.get(id), this.#figures.get(base)]
    if (!ones || !others) return null
    return median(ones.map(({ value }, round) => value / (others[round]?.value ?? Number.NaN)))
  }
}

/** The value in the middle; of an even number, the mean of the two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, two) => one - two)
  const middle = sorted.length / 2
  if (!Number.isInteger(middle)) return sorted[Math.floor(middle)] as number
  return ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2
}
