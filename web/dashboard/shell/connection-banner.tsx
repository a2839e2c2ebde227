import { useEffect, useRef, useState } from 'preact/hooks'
import { isReachable, lookNow } from '../api/reachability.ts'
import { Icon } from '../parts/icon.tsx'

const BACK_FOR_MS = 3_000

/** Says that the server is lost, and for a moment that it is back. Pushes the page down. */
export function ConnectionBanner() {
  const isLost = !isReachable.value
  const wasLost = useRef(false)
  const [isBack, setBack] = useState(false)
  useEffect(() => {
    if (isLost) {
      wasLost.current = true
      setBack(false)
    } else if (wasLost.current) {
      wasLost.current = false
      setBack(true)
      const timer = setTimeout(() => setBack(false), BACK_FOR_MS)
      return () => clearTimeout(timer)
    }
    return undefined
  }, [isLost])
  return (
    <div class="banner-place" role="status" aria-live="polite">
      {isLost && (
        <div class="banner is-lost">
          <Icon name="warning" />
          <span>Connection lost. What you see may be out of date.</span>
          <button type="button" class="button" onClick={lookNow}>
            Try now
          </button>
        </div>
      )}
      {isBack && !isLost && (
        <div class="banner is-back">
          <Icon name="check" />
          <span>Connected again.</span>
        </div>
      )}
    </div>
  )
}
