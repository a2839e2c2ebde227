import { useState } from 'preact/hooks'

/** A form that sends something: whether it is under way, and what went wrong. */
export interface Sending {
  readonly isBusy: boolean
  readonly error: unknown
  readonly dismiss: () => void
  /** Answers whether it was done. */
  readonly send: (job: () => Promise<void>) => Promise<boolean>
}

/** One thing at a time; a refusal is kept to be shown, and not thrown. */
export function useSending(): Sending {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const send = async (job: () => Promise<void>) => {
    setBusy(true)
    setError(null)
    try {
      await job()
      return true
    } catch (error) {
      setError(error)
      return false
    } finally {
      setBusy(false)
    }
  }
  return { isBusy, error, dismiss: () => setError(null), send }
}
