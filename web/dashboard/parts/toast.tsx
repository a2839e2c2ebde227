import { signal } from '@preact/signals'
import { useEffect, useState } from 'preact/hooks'
import { explain } from '../api/explain.ts'
import { Icon } from './icon.tsx'

/** A word about something that was done, and the way to take it back. */
interface Toast {
  readonly id: number
  readonly text: string
  readonly undo: (() => Promise<string>) | null
}

/** Long enough to change one's mind; a mere word is read sooner. */
const STAYS_MS = { undo: 10_000, word: 4_000 }
const toast = signal<Toast | null>(null)
let lastId = 0

/**
 * Says that something was done. `undo` takes it back, and answers in words what it did; it may be
 * refused, because seats that were given back may be somebody else's by now.
 */
export function say(text: string, undo: (() => Promise<string>) | null = null): void {
  lastId += 1
  // One at a time: only what was done last can be taken back for sure.
  toast.value = { id: lastId, text, undo }
}

/** Takes the word away: it spoke of another page. */
export function hushToast(): void {
  toast.value = null
}

/** Shows the toast over the page, so that nothing jumps. */
export function ToastPlace() {
  const shown = toast.value
  return (
    <div class="toasts" role="status" aria-live="polite">
      {shown !== null && <ToastCard key={shown.id} shown={shown} />}
    </div>
  )
}

function ToastCard({ shown }: { shown: Toast }) {
  const [isHeld, hold] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const drop = () => {
    if (toast.peek()?.id === shown.id) toast.value = null
  }
  useEffect(() => {
    if (isHeld || isBusy) return
    const timer = setTimeout(drop, shown.undo === null ? STAYS_MS.word : STAYS_MS.undo)
    return () => clearTimeout(timer)
  }, [isHeld, isBusy])
  const undo = async () => {
    setBusy(true)
    const text = await shown.undo?.().catch((error: unknown) => {
      const { what, seats } = explain(error)
      const named = seats.map(({ seat }) => seat).join(', ')
      return `It cannot be undone. ${what}${named === '' ? '' : ` (${named})`}`
    })
    drop()
    if (text !== undefined) say(text)
  }
  return (
    <div
      class="toast"
      onPointerEnter={() => hold(true)}
      onPointerLeave={() => hold(false)}
      onFocusCapture={() => hold(true)}
      onBlurCapture={() => hold(false)}
    >
      <span class="toast-text">{shown.text}</span>
      {shown.undo !== null && (
        <button type="button" class="toast-undo" disabled={isBusy} onClick={undo}>
          <Icon name="undo" size={16} /> Undo
        </button>
      )}
      <button type="button" class="toast-close" aria-label="Dismiss" onClick={drop}>
        <Icon name="close" size={16} />
      </button>
    </div>
  )
}
