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

const STAYS_MS = 10_000
const toasts = signal<readonly Toast[]>([])
let lastId = 0

/**
 * Says that something was done. `undo` takes it back, and answers in words what it did; it may be
 * refused, because seats that were given back may be somebody else's by now.
 */
export function say(text: string, undo: (() => Promise<string>) | null = null): void {
  lastId += 1
  // Three at most: what was said before is in the activity.
  toasts.value = [...toasts.value.slice(-2), { id: lastId, text, undo }]
}

/** Takes all words away: they spoke of another page. */
export function hushToasts(): void {
  toasts.value = []
}

/** Where the words appear, over the page, so that nothing jumps. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const [isHeld, hold] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const drop = () => {
    toasts.value = toasts.value.filter(({ id }) => id !== toast.id)
  }
  useEffect(() => {
    if (isHeld || isBusy) return
    const timer = setTimeout(drop, STAYS_MS)
    return () => clearTimeout(timer)
  }, [isHeld, isBusy])
  const undo = async () => {
    setBusy(true)
    const text = await toast.undo?.().catch((error: unknown) => {
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
      <span class="toast-text">{toast.text}</span>
      {toast.undo !== null && (
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
