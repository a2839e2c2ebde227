import { useEffect, useRef, useState } from 'preact/hooks'
import type { CallOptions, Page } from '../../../src/client/index.ts'
import { useReturn } from './use-return.ts'

/** A list as far as it was asked for. */
export interface Listed<Item> {
  /** Null until the first page is there. */
  readonly items: readonly Item[] | null
  readonly hasMore: boolean
  readonly isLoading: boolean
  readonly error: unknown
  readonly loadMore: () => void
  /** Begins anew; what is there stays until the first page comes. */
  readonly reload: () => void
  /** Puts one in the place of what it was, found by id; or in front of all. */
  readonly put: (item: Item) => void
}

type State<Item> = Pick<Listed<Item>, 'items' | 'error' | 'isLoading'> & { next: string | null }

/** Reads a list page by page, again from the start whenever one of `inputs` changes. */
export function usePages<Item extends { readonly id: unknown }>(
  ask: (cursor: string | undefined, options: CallOptions) => Promise<Page<Item>>,
  inputs: readonly unknown[],
): Listed<Item> {
  const start: State<Item> = { items: null, next: null, isLoading: true, error: null }
  const [state, setState] = useState(start)
  const [round, setRound] = useState(0)
  const end = useRef(new AbortController())
  const load = async (cursor: string | undefined) => {
    const { signal } = end.current
    setState((before) => ({ ...before, isLoading: true, error: null }))
    try {
      const page = await ask(cursor, { signal })
      if (signal.aborted) return
      setState(({ items }) => ({
        items: cursor === undefined ? page.items : [...(items ?? []), ...page.items],
        next: page.next,
        isLoading: false,
        error: null,
      }))
    } catch (error) {
      if (!signal.aborted) setState((before) => ({ ...before, isLoading: false, error }))
    }
  }
  useEffect(() => {
    end.current = new AbortController()
    void load(undefined)
    return () => end.current.abort()
  }, [...inputs, round])
  const { items, next, isLoading, error } = state
  const reload = () => setRound((n) => n + 1)
  useReturn(error, reload)
  return {
    items,
    hasMore: next !== null,
    isLoading,
    error,
    loadMore: () => void load(next ?? undefined),
    reload,
    put: (item) => setState((before) => ({ ...before, items: withOne(before.items ?? [], item) })),
  }
}

function withOne<Item extends { readonly id: unknown }>(items: readonly Item[], item: Item) {
  const isKnown = items.some(({ id }) => id === item.id)
  return isKnown ? items.map((one) => (one.id === item.id ? item : one)) : [item, ...items]
}
