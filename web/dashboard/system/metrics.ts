/** One figure of the server, with its labels. */
export interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

const LINE = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/
const LABEL = /(\w+)="((?:[^"\\]|\\.)*)"/g

/** Reads the text that `/metrics` answers (Prometheus exposition format). */
export function parseMetrics(text: string): Sample[] {
  return text.split('\n').flatMap((line) => {
    const [, name, labels = '', value] = LINE.exec(line) ?? []
    if (name === undefined || value === undefined) return []
    const pairs = [...labels.matchAll(LABEL)].map(([, key = '', given = '']) => [key, given])
    return [{ name, labels: Object.fromEntries(pairs), value: Number(value) }]
  })
}

/** The sum of all samples of a name that have these labels. */
export function sumOf(
  samples: readonly Sample[],
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number {
  return samples
    .filter((sample) => sample.name === name)
    .filter((sample) => Object.entries(labels).every(([key, is]) => sample.labels[key] === is))
    .reduce((sum, { value }) => sum + value, 0)
}

/** Asks this page's server for its figures. */
export async function readMetrics(
  fetchText: typeof fetch,
  signal?: AbortSignal,
): Promise<Sample[]> {
  const response = await fetchText('/metrics', signal === undefined ? {} : { signal })
  if (!response.ok) throw new Error(`The figures were answered with ${response.status}.`)
  return parseMetrics(await response.text())
}
