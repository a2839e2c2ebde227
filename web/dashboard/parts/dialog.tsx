import type { ComponentChildren } from 'preact'
import { useEffect, useId, useRef } from 'preact/hooks'
import { Icon } from './icon.tsx'

/**
 * A window over the page. The browser keeps the keyboard inside, closes it with Escape and gives
 * the focus back to what opened it.
 */
export function Dialog(props: {
  title: string
  onClose: () => void
  /** Set where what is inside would be lost: only a button closes it. */
  isFirm?: boolean
  children: ComponentChildren
}) {
  const id = useId()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    const opener = document.activeElement
    if (element !== null && !element.open) element.showModal()
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  return (
    <dialog
      ref={dialog}
      class="dialog"
      aria-labelledby={id}
      onClose={props.onClose}
      onCancel={(event) => {
        if (props.isFirm === true) event.preventDefault()
      }}
      onPointerDown={(event) => {
        // Only the ground around the window is the dialog itself.
        if (event.target === dialog.current && props.isFirm !== true) props.onClose()
      }}
    >
      <div class="dialog-body">
        <div class="dialog-head">
          <h2 id={id}>{props.title}</h2>
          {props.isFirm !== true && (
            <button type="button" class="icon-button" aria-label="Close" onClick={props.onClose}>
              <Icon name="close" />
            </button>
          )}
        </div>
        {props.children}
      </div>
    </dialog>
  )
}
