import { batch, signal } from '@preact/signals'
import { createClient, RowlockError } from '../../../src/client/index.ts'
import type {
  CreateSessionBody,
  Me,
  SecondFactorKind,
  Session,
} from '../../../src/protocol/index.ts'
import { client } from '../api/client.ts'
import { watchedFetch } from '../api/reachability.ts'
import { me, nameOfMe, setMe } from '../identity/identity.ts'
import { keepKey, pastedKey } from '../identity/pasted-key.ts'
import { say } from '../parts/toast.tsx'

/**
 * That there was a session: its cookies are hidden from scripts, and asking in vain would be an
 * error in every console of somebody who only looks.
 */
const NOTED_AS = 'rowlock-session'

/** A question to sign in: why, and the link that only lacks a second factor, with what it is. */
interface SignInQuestion {
  readonly why: unknown
  readonly link?: string
  readonly factors?: readonly SecondFactorKind[]
}

/** Question that asks somebody to sign in, and why; null when there is none. */
export const signInAsked = signal<SignInQuestion | null>(null)

/** Credential that came with the address: a sign-in link, or a key. */
interface Credential {
  readonly kind: 'link' | 'key'
  readonly given: string
}

/** A credential of the address that would put somebody else in the place of who is here. */
export const switchAsked = signal<Credential | null>(null)

/** Opens the dialog; `why` is what went wrong, if anything did. */
export function askToSignIn(why: unknown = null): void {
  signInAsked.value = { why }
}

/** Finds out who is here: by the address, a key of this tab, or the cookies of a session. */
export async function openSession(): Promise<void> {
  addEventListener('hashchange', () => {
    const brought = takeFromAddress()
    if (brought === null) return
    // Whoever follows the address has seen the one with the credential.
    dispatchEvent(new HashChangeEvent('hashchange'))
    void askToSwitch(brought)
  })
  addEventListener('storage', ({ key }) => {
    if (key === NOTED_AS && pastedKey.peek() === null) void resume()
  })
  const brought = takeFromAddress()
  // Without anybody here there is nobody to be replaced.
  if (brought !== null && !isSomebodyHere()) return signInAs(brought)
  await resume()
  if (brought !== null) await askToSwitch(brought)
}

function isSomebodyHere(): boolean {
  return pastedKey.peek() !== null || isNoted()
}

/** Any page can link to here with a credential of its own: nobody is replaced unasked. */
async function askToSwitch(brought: Credential): Promise<void> {
  if (me.peek() === null) return signInAs(brought)
  switchAsked.value = brought
}

/** The answer: the session that is replaced ends, and who was here stays where it was `No`. */
export async function answerSwitch(isWanted: boolean): Promise<void> {
  const brought = switchAsked.peek()
  switchAsked.value = null
  if (brought === null || !isWanted) return
  await signOut()
  await signInAs(brought)
}

function signInAs({ kind, given }: Credential): Promise<void> {
  return kind === 'link' ? openLink(given) : openKey(given)
}

/**
 * The address that `serve` prints (`/#link=…`), or one with a key, forgets it at once: it would
 * stand in the history, and in pictures of the screen.
 */
function takeFromAddress(): Credential | null {
  const [, kind, given] = /^#(link|key)=([^&]+)/.exec(location.hash) ?? []
  if (given === undefined) return null
  history.replaceState(null, '', `${location.pathname}${location.search}#/`)
  return kind === 'link' ? { kind, given } : { kind: 'key', given: decodeURIComponent(given) }
}

async function openLink(link: string): Promise<void> {
  try {
    await signInBy({ link })
  } catch (error) {
    await resume()
    const factors = factorsAsked(error)
    signInAsked.value = factors === null ? { why: error } : { why: null, link, factors }
  }
}

/** Second factors, one of which a refusal asks for; null for every other one. */
export function factorsAsked(error: unknown): readonly SecondFactorKind[] | null {
  const isAsked = error instanceof RowlockError && error.code === 'second_factor_required'
  return isAsked ? (error.details.factors ?? ['app']) : null
}

async function openKey(key: string): Promise<void> {
  await signInWithKey(key).catch(async (error: unknown) => {
    await resume()
    askToSignIn(error)
  })
}

/** Goes on as whoever the key or the cookies say; as nobody where there are none. */
async function resume(): Promise<void> {
  if (pastedKey.peek() === null && !isNoted()) return setMe(null)
  try {
    setMe(await client.peek().getMe())
  } catch (error) {
    setMe(null)
    const isRefused = error instanceof RowlockError && error.status === 401
    if (!isRefused) return askToSignIn(error)
    keepKey(null)
    note(null)
  }
}

/**
 * Signs in with e-mail and password, with a link, or with a passkey alone; the first two take a
 * code or a passkey, where it is asked for. Throws `RowlockError`, also for too many attempts.
 */
export async function signInBy(body: Omit<CreateSessionBody, 'cookies'>) {
  // A person waits: no silent retries after a 429.
  const once = createClient({ server: '', cookies: true, retries: 0, fetch: watchedFetch })
  const session = await once.createSession({ ...body, cookies: true })
  takeSession(session)
}

function takeSession({ id, expiresAt, user }: Session): void {
  const found: Me = {
    role: user.role,
    actor: user.id,
    user,
    key: null,
    session: { id, expiresAt },
  }
  batch(() => {
    keepKey(null)
    setMe(found)
    signInAsked.value = null
  })
  note(user.id)
  say(`Signed in as ${user.name}.`)
}

/** Goes on with a key, for this tab. Throws `RowlockError` where the server does not know it. */
export async function signInWithKey(key: string): Promise<void> {
  const found = await createClient({ server: '', key, retries: 0, fetch: watchedFetch }).getMe()
  batch(() => {
    keepKey(key)
    setMe(found)
    signInAsked.value = null
  })
  say(`Signed in: ${nameOfMe(found)}, with a key.`)
}

/** Ends the session, or all of them; or forgets the key. Throws where the server was not told. */
export async function signOut(isEverywhere = false): Promise<void> {
  if (pastedKey.peek() === null) {
    try {
      await (isEverywhere ? client.peek().endAllSessions() : client.peek().endSession())
    } catch (error) {
      // Somebody else ended it, or time did.
      if (!(error instanceof RowlockError && error.status === 401)) throw error
    }
  }
  goOnWithout()
}

/** Nobody is signed in here any more. */
export function goOnWithout(): void {
  batch(() => {
    keepKey(null)
    setMe(null)
    signInAsked.value = null
  })
  note(null)
}

function isNoted(): boolean {
  try {
    return localStorage.getItem(NOTED_AS) !== null
  } catch {
    return true
  }
}

/** Other tabs hear of it, and look again. */
function note(user: string | null): void {
  try {
    if (user === null) localStorage.removeItem(NOTED_AS)
    else localStorage.setItem(NOTED_AS, user)
  } catch {
    // Then every page asks.
  }
}
