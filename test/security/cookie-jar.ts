interface Kept {
  readonly value: string
  readonly path: string
  /** Seconds of this jar's own time. */
  readonly until: number
}

/** A browser's cookies for one host, with a clock that can be moved: it drops what has run out. */
export class CookieJar {
  readonly #kept = new Map<string, Kept>()
  #now = 0

  advance(seconds: number): void {
    this.#now += seconds
  }

  get names(): string[] {
    return [...this.#kept.keys()].sort()
  }

  set(name: string, value: string, path = '/'): void {
    this.#kept.set(name, { value, path, until: Number.POSITIVE_INFINITY })
  }

  /** `fetch` with these cookies. */
  readonly fetch: typeof fetch = async (input, init) => {
    const headers = new Headers(init?.headers)
    const { pathname } = new URL(String(input))
    const sent = [...this.#kept].filter(
      ([, { path, until }]) => until > this.#now && pathname.startsWith(path),
    )
    if (sent.length > 0) {
      headers.set('cookie', sent.map(([name, { value }]) => `${name}=${value}`).join('; '))
    }
    const response = await fetch(input, { ...init, headers })
    for (const line of response.headers.getSetCookie()) this.#take(line)
    return response
  }

  #take(line: string): void {
    const [pair = '', ...attributes] = line.split(/; */)
    const [name = '', value = ''] = pair.split('=')
    const of = (key: string) =>
      attributes.find((text) => text.toLowerCase().startsWith(`${key}=`))?.split('=')[1]
    const maxAge = of('max-age')
    const expires = of('expires')
    const seconds =
      maxAge !== undefined
        ? Number(maxAge)
        : expires !== undefined
          ? (Date.parse(expires) - Date.now()) / 1000
          : Number.POSITIVE_INFINITY
    if (seconds <= 0) this.#kept.delete(name)
    else this.#kept.set(name, { value, path: of('path') ?? '/', until: this.#now + seconds })
  }
}
