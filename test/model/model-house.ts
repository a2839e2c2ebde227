/**
 * The seats and chains of a show in memory, and what operations ask of them: no tables, as plainly
 * as can be.
 */
import type { Command } from '../../src/engine/lanes/command.ts'
import { isBlock, isGivingBack, type ModelEntry } from './model-answers.ts'
import { latestOf, type ModelChain, seatsHeldBy, seatsOfHolder } from './model-limits.ts'
import type { ModelTerms } from './model-terms.ts'

export class ModelHouse {
  terms: ModelTerms
  clock = 0
  version = 1
  lastAt: number
  protected readonly chains = new Map<string, ModelChain>()

  constructor(terms: ModelTerms, createdAt: number) {
    this.terms = terms
    this.lastAt = createdAt
  }

  /** The time of a show never runs backwards. */
  get now(): number {
    return Math.max(this.clock, this.lastAt)
  }

  /** One letter per seat: available, held, booked, blocked. */
  statuses(): string {
    return Array.from({ length: this.terms.seatCount }, (_, seat) => {
      const owner = this.owner(seat)
      if (!owner) return 'a'
      if (owner.bookedAt !== null) return 'b'
      return owner.until === Number.POSITIVE_INFINITY ? 'x' : 'h'
    }).join('')
  }

  protected append(command: Command, entry: ModelEntry, owner?: string | null): void {
    const chain = this.chains.get(entry.holdId)
    this.chains.set(entry.holdId, {
      begun: chain?.begun ?? command,
      owner: owner === undefined ? (chain ?? command).owner : owner,
      entries: [...(chain?.entries ?? []), entry],
    })
    this.version = entry.version
    this.lastAt = entry.at
  }

  /** Finds what a command is about, if its caller may know of it. */
  protected reached({ hold_id, owner, box_office }: Command): ModelEntry | undefined {
    const chain = this.chains.get(hold_id)
    const isReached = chain?.owner === null || chain?.owner === owner || box_office
    return chain && isReached ? latestOf(chain) : undefined
  }

  protected reachedBlock({ from_block, ...asking }: Command): ModelEntry | undefined {
    return from_block === undefined ? undefined : this.reached({ ...asking, hold_id: from_block })
  }

  protected needsSeller = ({ seller }: Command) => this.terms.confirmBy === 'seller' && !seller

  protected owner(seat: number): ModelEntry | undefined {
    for (const chain of this.chains.values()) {
      const latest = latestOf(chain)
      if (latest.until > this.now && latest.seats.includes(seat)) return latest
    }
    return undefined
  }

  protected windowRefusal({ box_office }: Command): string | null {
    const { terms, now } = this
    if (box_office) return null
    if (terms.salesFrom !== null && terms.salesFrom > now) return 'sales_not_open'
    return terms.salesUntil !== null && terms.salesUntil <= now ? 'sales_closed' : null
  }

  /** `7 held`, in the order asked for. */
  protected obstacles(seats: readonly number[], fromBlock?: string): string[] {
    return seats.flatMap((seat) => {
      const owner = this.owner(seat)
      if (owner && owner.holdId !== fromBlock) {
        if (owner.bookedAt !== null) return [`${seat} booked`]
        return [`${seat} ${owner.until === Number.POSITIVE_INFINITY ? 'blocked' : 'held'}`]
      }
      return seat >= 0 && seat < this.terms.seatCount ? [] : [`${seat} unknown`]
    })
  }

  protected isOverLimit(owner: string | null, holder: string | null, more: number): boolean {
    const { seatsPerHolderMax } = this.terms
    if (holder === null || seatsPerHolderMax === null) return false
    return seatsOfHolder(this.chains, owner, holder, this.now) + more > seatsPerHolderMax
  }

  protected isOverBudget(actor: string, heldSeatsMax: number | null, more: number): boolean {
    if (heldSeatsMax === null) return false
    return seatsHeldBy(this.chains, actor, this.now) + more > heldSeatsMax
  }

  protected holdRefusal(hold: ModelEntry | undefined): string | null {
    if (!hold || isBlock(hold)) return 'hold_unknown'
    if (hold.bookedAt !== null) return 'hold_confirmed'
    if (hold.kind === 'release' && hold.seats.length === 0) return 'hold_released'
    return hold.until <= this.now ? 'hold_expired' : null
  }

  /** Seats that a hold never had. */
  protected neverHad({ holdId }: ModelEntry, seats: readonly number[] = []): number[] {
    const { entries } = this.chains.get(holdId) as ModelChain
    return seats.filter((seat) => !entries.some((entry) => entry.seats.includes(seat)))
  }

  /** Gives back `named` seats; those of a hold that ran out were free before. */
  protected without(latest: ModelEntry, kind: string, named: readonly number[]): ModelEntry {
    const seats = latest.seats.filter((seat) => !named.includes(seat))
    const given = latest.seats.filter((seat) => named.includes(seat)).toSorted((a, b) => a - b)
    const freed = latest.until > this.now ? given : []
    const until = seats.length === 0 ? this.now : latest.until
    return this.entry(kind, latest.holdId, { ...latest, seats, freed, until })
  }

  protected entry(kind: string, holdId: string, fields: Partial<ModelEntry>): ModelEntry {
    return {
      seats: [],
      until: this.now,
      bookedAt: null,
      holder: null,
      reference: null,
      ownReference: null,
      notes: null,
      ...fields,
      freed: isGivingBack(kind) ? (fields.freed ?? []) : [],
      version: kind === 'book' ? (fields.version ?? 0) : this.version + 1,
      at: this.now,
      kind,
      holdId,
    }
  }
}
