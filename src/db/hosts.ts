/** The several hosts of `DATABASE_URL`, each as a URL of its own. */

/** `postgres://user@one:5432,two:5433/database`: what comes before, the hosts, what comes after. */
const AUTHORITY = /^(postgres(?:ql)?:\/\/(?:[^/?#]*@)?)([^/?#@]*)(.*)$/s
const ATTRIBUTES = /([?&])target_session_attrs=([^&#]*)&?/

/** Wishes that are granted: what writes is what we look for in any case. */
const WRITABLE: ReadonlySet<string> = new Set(['any', 'primary', 'read-write'])

/**
 * Finds what `target_session_attrs` asks for that a server cannot work with; null when all is well.
 */
export function unfitAttributes(url: string): string | null {
  const wish = ATTRIBUTES.exec(url)?.[2]
  return wish === undefined || WRITABLE.has(wish) ? null : wish
}

/** A URL for each host that is named, in their order; of a URL with one host that URL. */
export function urlsOf(url: string): string[] {
  const plain = url.replace(ATTRIBUTES, '$1').replace(/[?&](?=#|$)/, '')
  const named = ofParameters(plain) ?? ofAuthority(plain)
  return named.length === 0 ? [plain] : named
}

function ofAuthority(url: string): string[] {
  const [, before, hosts, after] = AUTHORITY.exec(url) ?? []
  if (before === undefined || hosts === undefined || !hosts.includes(',')) return []
  return listOf(hosts).map((host) => `${before}${host}${after}`)
}

/** `?host=/run/one,/run/two&port=5432,5433`, with one port for all, or one for each. */
function ofParameters(url: string): string[] | null {
  const hosts = parameter(url, 'host')
  if (hosts === null || !hosts.includes(',')) return null
  const ports = listOf(parameter(url, 'port') ?? '')
  return listOf(hosts).map((host, index) => {
    const withHost = url.replace(/([?&]host=)[^&#]*/, `$1${host}`)
    const port = ports[index] ?? ports[0]
    return port === undefined ? withHost : withHost.replace(/([?&]port=)[^&#]*/, `$1${port}`)
  })
}

function parameter(url: string, name: string): string | null {
  const value = new RegExp(`[?&]${name}=([^&#]*)`).exec(url)?.[1]
  return value === undefined ? null : value.replaceAll('%2C', ',')
}

function listOf(text: string): string[] {
  return text.split(',').filter((part) => part !== '')
}

/** Host and port of a URL, for people: never a user or a password. */
export function placeOf(url: string | undefined): string {
  if (url === undefined) return 'the database'
  const host = AUTHORITY.exec(url)?.[2] || parameter(url, 'host') || 'a local socket'
  return decodeURIComponent(host)
}
