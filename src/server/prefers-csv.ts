/** Tells whether `Accept` (RFC 9110, 12.5.1) names CSV, and JSON less or not at all. */
export function prefersCsv(accept: string | undefined): boolean {
  if (accept === undefined || !accept.includes('text/csv')) return false
  const weights = new Map<string, number>()
  for (const range of accept.split(',')) {
    const [type = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    weights.set(type, weight === undefined ? 1 : Number(weight) || 0)
  }
  return (weights.get('text/csv') ?? 0) > (weights.get('application/json') ?? 0)
}
