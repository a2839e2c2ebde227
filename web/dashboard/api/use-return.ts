import { useEffect } from 'preact/hooks'
import { RowlockError } from '../../../src/client/index.ts'
import { isReachable } from './reachability.ts'

/** Tells whether this says only that the server is lost, which stands above every page already. */
export function isSaidAbove(error: unknown): boolean {
  return !isReachable.value && error instanceof RowlockError && error.code === 'no_answer'
}

/** Asks again, when the server is back, for what got no answer while it was lost. */
export function useReturn(error: unknown, again: () => void): void {
  const isBack = isReachable.value
  useEffect(() => {
    if (isBack && error instanceof RowlockError && error.code === 'no_answer') again()
  }, [isBack])
}
