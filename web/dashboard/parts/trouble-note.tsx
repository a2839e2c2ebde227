import type { ComponentChildren } from 'preact'
import { explain } from '../api/explain.ts'
import { Icon } from './icon.tsx'

/** Note of what went wrong, what to do about it, and the way to do it. Spoken at once. */
export function TroubleNote(props: {
  error: unknown
  onRetry?: (() => void) | undefined
  onDismiss?: (() => void) | undefined
  /** More of what happened. */
  children?: ComponentChildren
  /** More ways on. */
  actions?: ComponentChildren
}) {
  const { what, advice, mistakes, requestId, code } = explain(props.error)
  return (
    <div class="note is-trouble" role="alert">
      <Icon name="warning" />
      <div class="note-text">
        <p class="note-title">{what}</p>
        <p>{advice}</p>
        {props.children}
        <MistakeList mistakes={mistakes} />
        {code === 'internal' && requestId !== null && (
          <p class="quiet">
            Request <code>{requestId}</code>
          </p>
        )}
        <div class="note-actions">
          {props.actions}
          {props.onRetry && (
            <button type="button" class="button is-small" onClick={props.onRetry}>
              Try again
            </button>
          )}
          {props.onDismiss && (
            <button type="button" class="button is-small is-plain" onClick={props.onDismiss}>
              Dismiss
            </button>
          )}
        </div>
      </div>
    </div>
  )
}

const SHOWN_MAX = 12

/** Mistakes in what was sent, each with its place. */
export function MistakeList({
  mistakes,
}: {
  mistakes: readonly { path: string; message: string }[]
}) {
  if (mistakes.length === 0) return null
  return (
    <ul class="mistakes">
      {mistakes.slice(0, SHOWN_MAX).map(({ path, message }) => (
        <li key={`${path} ${message}`}>
          <code>{path}</code> {message}
        </li>
      ))}
      {mistakes.length > SHOWN_MAX && <li>… and {mistakes.length - SHOWN_MAX} more.</li>}
    </ul>
  )
}
