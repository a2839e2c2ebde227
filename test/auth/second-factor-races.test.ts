/**
 * Somebody sets up their first second factor, and somebody else, who knows the password or has a
 * link, signs in just then. Step by step: one has done its work but not committed, the other is
 * seen to wait, the first commits. Whatever the order, no session that began without the factor is
 * there afterwards. Each race runs again on functions that were broken on purpose, and must go
 * wrong there.
 */
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, describe, test } from 'node:test'
import { createKernel, type Kernel, type Session } from '../support/kernel.ts'
import { type Mutation, mutate } from '../support/mutate.ts'
import { newHash, PeopleSql, type SqlAnswer, type SqlPerson } from './people-sql.ts'

type Step = (by: PeopleSql) => Promise<SqlAnswer>

/** A factor that is begun, ready to be confirmed. */
const FACTORS: Record<string, (people: PeopleSql, owner: SqlPerson) => Promise<Step>> = {
  'a passkey': async (people, owner) => {
    const hash = newHash()
    await people.beginPasskey(owner, hash)
    return (by) => by.confirmPasskey(owner, hash, newHash())
  },
  'an app': async (people, owner) => {
    const secret = await people.beginApp(owner)
    return (by) => by.confirmApp(owner, secret)
  },
}

/** A sign-in for which everything was checked while there was no second factor. */
const SIGN_INS: Record<string, (people: PeopleSql, owner: SqlPerson) => Promise<Step>> = {
  'the password': async (_, { userId }) => {
    return (by) => by.signIn(userId)
  },
  'a link': async (people, owner) => {
    const link = await people.link(owner)
    return (by) => by.signInByLink(link)
  },
}

/** Confirming locks nobody. */
const CONFIRMS_UNLOCKED: Mutation = {
  file: 'functions/people_second_factor.sql',
  find: 'where known.user_id = p_user_id for update\n',
  replace: 'where known.user_id = p_user_id\n',
}
/** Signing in locks nobody. */
const SIGNS_IN_UNLOCKED: readonly Mutation[] = [
  {
    file: 'functions/people_sessions.sql',
    find: 'and known.password_hash in (p_password_hash, p_new_hash)\n  for update;',
    replace: 'and known.password_hash in (p_password_hash, p_new_hash);',
  },
  {
    file: 'functions/people_sessions.sql',
    find: 'where link.hash = p_link_hash\n    )\n  for update;',
    replace: 'where link.hash = p_link_hash\n    );',
  },
]
/** Rows that name a user no longer lock them either. */
const UNBOUND = [
  'alter table rowlock.passkeys drop constraint passkeys_user_fkey',
  'alter table rowlock.recovery_codes drop constraint recovery_codes_user_fkey',
  'alter table rowlock.sessions drop constraint sessions_user_fkey',
]

async function open(
  mutations: readonly Mutation[] = [],
  statements: readonly string[] = [],
): Promise<Kernel> {
  const kernel = await createKernel('second factor races')
  after(async () => {
    await kernel.end()
    await kernel.database.drop()
  })
  if (mutations.length > 0) await mutate(kernel.owner, mutations)
  for (const statement of statements) await kernel.owner.query(statement)
  return kernel
}

/** Outcome of a race. */
interface Result {
  readonly factor: string
  readonly signIn: string
  /** Session that began without the factor, and of the one that confirmed it. */
  readonly without: boolean
  readonly own: boolean
}

/** One does its work; when the other waits for it, or does not have to, the first commits. */
async function inTurn(one: Session, first: Step, two: Session, second: Step) {
  await one.begin()
  const answer = await first(new PeopleSql(one.client))
  const later = second(new PeopleSql(two.client))
  await two.untilWaiting(later)
  await one.commit()
  return [answer, await later] as const
}

const codesOf = (answers: readonly SqlAnswer[]) => answers.map(({ code }) => code)

async function race(
  kernel: Kernel,
  [factor, way]: readonly [string, string],
  first: 'factor' | 'sign-in',
): Promise<Result> {
  const people = new PeopleSql(kernel.owner)
  const owner = await people.person()
  const confirm = (await FACTORS[factor]?.(people, owner)) as Step
  const enter = (await SIGN_INS[way]?.(people, owner)) as Step
  const [one, two] = [await kernel.session(), await kernel.session()]
  const steps = first === 'factor' ? ([confirm, enter] as const) : ([enter, confirm] as const)
  const answers = await inTurn(one, steps[0], two, steps[1])
  const [told, entered] = first === 'factor' ? answers : answers.toReversed()
  return {
    factor: told?.code ?? '',
    signIn: entered?.code ?? '',
    without: entered?.sessionId !== undefined && (await people.isLive(entered.sessionId)),
    own: await people.isLive(owner.sessionId),
  }
}

const kernel = await open()
const PAIRS = Object.keys(FACTORS).flatMap((factor) =>
  Object.keys(SIGN_INS).map((way) => [factor, way] as const),
)

for (const pair of PAIRS) {
  const [factor, way] = pair

  describe(`${factor} is confirmed while somebody signs in with ${way}`, () => {
    test('who came first is signed out again', async () => {
      const result = await race(kernel, pair, 'sign-in')
      assert.deepEqual(result, { factor: 'done', signIn: 'done', without: false, own: true })
    })

    test('who comes later has to prove it', async () => {
      const result = await race(kernel, pair, 'factor')
      const refused = { factor: 'done', signIn: 'credentials_wrong', without: false, own: true }
      assert.deepEqual(result, refused)
    })
  })
}

test('control: if confirming locks nobody, who came first stays', async () => {
  const broken = await open([CONFIRMS_UNLOCKED], UNBOUND)
  for (const pair of PAIRS) {
    const result = await race(broken, pair, 'sign-in')
    assert.deepEqual(result, { factor: 'done', signIn: 'done', without: true, own: true })
  }
})

test('control: if signing in locks nobody, who comes later with the password gets in', async () => {
  const broken = await open(SIGNS_IN_UNLOCKED, UNBOUND)
  for (const factor of Object.keys(FACTORS)) {
    const result = await race(broken, [factor, 'the password'], 'factor')
    assert.deepEqual(result, { factor: 'done', signIn: 'done', without: true, own: true })
    // A link is dropped with the first factor, so it is no way in either way.
    const { signIn } = await race(broken, [factor, 'a link'], 'factor')
    assert.equal(signIn, 'credentials_wrong')
  }
})

for (const first of ['factor', 'refresh'] as const) {
  test(`a session that is refreshed meanwhile ends; the ${first} comes first`, async () => {
    const people = new PeopleSql(kernel.owner)
    const owner = await people.person()
    const other = await people.signIn(owner.userId)
    const confirm = (await FACTORS['an app']?.(people, owner)) as Step
    const refresh: Step = (by) => by.refresh(other.refreshHash)
    const [one, two] = [await kernel.session(), await kernel.session()]
    const isFirst = first === 'refresh'
    const [earlier, later] = isFirst ? [refresh, confirm] : [confirm, refresh]
    const answers = await inTurn(one, earlier, two, later)
    assert.deepEqual(codesOf(answers), isFirst ? ['done', 'done'] : ['done', 'session_ended'])
    assert.equal(await people.isLive(other.sessionId), false)
    assert.equal(await people.isLive(owner.sessionId), true)
  })
}

describe('two at once', () => {
  test('that are confirmed do not get past the limit of ten', async () => {
    const people = new PeopleSql(kernel.owner)
    const owner = await people.person()
    const { credentialId } = await people.enrol(owner)
    const proof = () => people.signed(credentialId)
    for (let n = 2; n <= 9; n++) await people.enrol(owner, await proof())
    const [tenth, eleventh] = [newHash(), newHash()]
    for (const hash of [tenth, eleventh]) await people.beginPasskey(owner, hash, await proof())
    const [one, two] = [await kernel.session(), await kernel.session()]
    const confirm =
      (hash: string): Step =>
      (by) =>
        by.confirmPasskey(owner, hash, newHash())
    const answers = await inTurn(one, confirm(tenth), two, confirm(eleventh))
    assert.deepEqual(codesOf(answers), ['done', 'too_many_passkeys'])
    assert.equal(await people.count('passkeys', owner), 10)
  })

  test('that are removed leave no recovery codes behind', async () => {
    const people = new PeopleSql(kernel.owner)
    const owner = await people.person()
    const codes = [randomBytes(32), randomBytes(32)]
    const phone = await people.enrol(owner, null, codes)
    const laptop = await people.enrol(owner, await people.signed(phone.credentialId))
    const [one, two] = [await kernel.session(), await kernel.session()]
    const [first, second] = codes.map((code) => ({ recoveryHash: code.toString('hex') }))
    const remove =
      (passkeyId: string | undefined, proof: object | undefined): Step =>
      (by) =>
        by.endPasskey(owner, passkeyId, proof ?? null)
    const steps = [remove(phone.passkeyId, first), remove(laptop.passkeyId, second)] as const
    const answers = await inTurn(one, steps[0], two, steps[1])
    assert.deepEqual(codesOf(answers), ['done', 'done'])
    assert.equal(await people.count('recovery_codes', owner), 0)
  })

  test('of which one begins a passkey while the first is confirmed: it proves it', async () => {
    const people = new PeopleSql(kernel.owner)
    const owner = await people.person()
    const hash = newHash()
    await people.beginPasskey(owner, hash)
    const [one, two] = [await kernel.session(), await kernel.session()]
    const confirm: Step = (by) => by.confirmPasskey(owner, hash, newHash())
    const begin: Step = (by) => by.beginPasskey(owner, newHash())
    const answers = await inTurn(one, confirm, two, begin)
    assert.deepEqual(codesOf(answers), ['done', 'credentials_wrong'])
  })
})
