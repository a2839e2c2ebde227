/** List of objects, in which nothing is said twice: a model pays for each word it reads. */
interface Table {
  /** Fields that are the same in all of them. */
  readonly same: Fields
  /** Names of the other fields. */
  readonly columns: readonly string[]
  /** Values of the other fields, in the order of `columns`, an array for each object. */
  readonly rows: readonly (readonly unknown[])[]
}

type Fields = Readonly<Record<string, unknown>>

/** Writes lists of two or more objects of one kind, wherever they are, as tables. Loses nothing. */
export function terse(value: unknown): unknown {
  if (Array.isArray(value)) return listOf(value)
  if (!isObject(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, terse(part)]))
}

function listOf(values: readonly unknown[]): unknown {
  return isList(values) ? tableOf(values) : values.map(terse)
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Tells whether all of them are objects with the same fields: a row cannot leave one out. */
function isList(values: readonly unknown[]): values is readonly Fields[] {
  if (values.length < 2 || !values.every(isObject)) return false
  const fields = (value: Fields) => Object.keys(value).toSorted().join()
  const first = fields(values[0] as Fields)
  return values.every((value) => fields(value) === first)
}

function tableOf(items: readonly Fields[]): Table {
  const first = items[0] as Fields
  const isSame = (name: string) => {
    const text = JSON.stringify(first[name])
    return items.every((item) => JSON.stringify(item[name]) === text)
  }
  const shared = Object.keys(first).filter(isSame)
  const columns = Object.keys(first).filter((name) => !shared.includes(name))
  return {
    same: Object.fromEntries(shared.map((name) => [name, terse(first[name])])),
    columns,
    rows: items.map((item) => columns.map((name) => terse(item[name]))),
  }
}
