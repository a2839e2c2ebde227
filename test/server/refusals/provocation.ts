import type { OPERATIONS, OperationId } from '../../../src/protocol/operations/index.ts'
import type { Told } from '../../support/call-operation.ts'
import type { House } from './house.ts'

/** Asks for something that is refused, and answers the refusal. */
export type Provoke = (house: House) => Promise<Told>

type Listed<Id extends OperationId> = (typeof OPERATIONS)[Id]['refusals'][number]

type Parameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Parameters<Rest>
  : never

/** Names in an address that are not there: asked of every operation in the same way. */
type OfAddress<Id extends OperationId> = `${Parameters<(typeof OPERATIONS)[Id]['path']>}_unknown`

/** Refusals that are provoked in one place for all operations: see `common.ts`. */
export type Common = 'rate_limited' | 'csrf_refused'

type Own<Id extends OperationId> = Exclude<Listed<Id>, OfAddress<Id> | Common>

/** Every refusal of its own that each operation lists; a missing one does not compile. */
export type Provocations = {
  readonly [Id in OperationId as [Own<Id>] extends [never] ? never : Id]: {
    readonly [Code in Own<Id>]: Provoke
  }
}
