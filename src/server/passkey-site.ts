import { isIP } from 'node:net'
import type { PasskeySite } from '../auth/index.ts'
import { Refusal } from '../protocol/index.ts'

/**
 * Tells what passkeys are bound to for a request to this host: its name. A request says for itself
 * which name it is for, so it is believed only where the names were told (then others do not get
 * here), or where it is this machine: passkeys that a page elsewhere could have made for its own
 * name would protect from nothing. Refusal: `passkeys_unavailable`, with the remedy.
 */
export function siteOf(host: string | undefined, hosts: readonly string[] | null): PasskeySite {
  const [, name = '', port = ''] = /^(.*?)(:\d+)?$/.exec((host ?? '').toLowerCase()) ?? []
  const origins = [`https://${name}${port}`]
  // Browsers take this one for safe without TLS.
  if (name === 'localhost' || name.endsWith('.localhost')) {
    return { host: name, origins: [...origins, `http://${name}${port}`] }
  }
  if (isIP(name.replace(/^\[|\]$/g, '')) !== 0) {
    const detail = `Browsers bind passkeys to names, not to addresses: ${advice(name, port)}.`
    throw new Refusal('passkeys_unavailable', { detail })
  }
  if (name === '' || hosts === null) {
    const detail = 'Set ROWLOCK_HOSTS to the name that people open, such as tickets.example.'
    throw new Refusal('passkeys_unavailable', { detail })
  }
  return { host: name, origins }
}

function advice(name: string, port: string): string {
  const isHere = name.startsWith('127.') || name === '[::1]'
  return isHere ? `open http://localhost${port}` : 'open the server by its name'
}
