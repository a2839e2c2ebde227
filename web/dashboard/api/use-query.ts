import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { CallOptions } from '../../../src/client/index.ts'
import { useReturn } from './use-return.ts'

/** State of what a page asked for: nothing yet, an answer, or why there is none. */
export interface Query<Value> {
  readonly value: Value | null
  readonly error: unknown
  readonly isLoading: boolean
  /** Asks again; what is there stays until the new answer comes. */
  readonly reload: () => void
}

/**
 * Asks once, again whenever one of `inputs` changes, and every `everyMs` milliseconds while the
 * page is looked at. An answer to an earlier question is thrown away. A failure keeps the last one.
 */
export function useQuery<Value>(
  ask: (options: CallOptions) => Promise<Value>,
  inputs: readonly unknown[],
  everyMs: number | null = null,
): Query<Value> {
  const [state, setState] = useState<{ value: Value | null; error: unknown; isLoading: boolean }>({
    value: null,
    error: null,
    isLoading: true,
  })
  const [round, setRound] = useState(0)
  const asked = useRef(ask)
  asked.current = ask
  const reload = useCallback(() => setRound((n) => n + 1), [])

  useEffect(() => setState({ value: null, error: null, isLoading: true }), inputs)
  useEffect(() => {
    const end = new AbortController()
    const { signal } = end
    let timer: ReturnType<typeof setTimeout> | undefined
    const next = () => {
      if (everyMs !== null && !signal.aborted) timer = setTimeout(run, everyMs)
    }
    const run = async () => {
      if (document.hidden && everyMs !== null) return next()
      setState((before) => ({ ...before, isLoading: true }))
      try {
        const value = await asked.current({ signal })
        if (!signal.aborted) setState({ value, error: null, isLoading: false })
      } catch (error) {
        if (!signal.aborted) setState(({ value }) => ({ value, error, isLoading: false }))
      }
      next()
    }
    void run()
    return () => {
      clearTimeout(timer)
      end.abort()
    }
  }, [...inputs, round])
  useReturn(state.error, reload)
  return { ...state, reload }
}
