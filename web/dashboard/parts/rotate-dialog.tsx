import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { FormDialog } from './form-dialog.tsx'
import { DAY_SECONDS, OverlapChoice } from './overlap-choice.tsx'

/** A new secret; the old one goes on for as long as is chosen. `children` say what that means. */
export function RotateDialog(props: {
  of: string
  children: ComponentChildren
  rotate: (overlapSeconds: number) => Promise<void>
  onClose: () => void
}) {
  const [overlapSeconds, setOverlap] = useState<number>(DAY_SECONDS)
  const rotate = () => props.rotate(overlapSeconds)
  return (
    <FormDialog
      title={`A new secret for ${props.of}`}
      action="Make a new secret"
      busy="Rotating…"
      submit={rotate}
      onClose={props.onClose}
    >
      <p>{props.children}</p>
      <OverlapChoice value={overlapSeconds} onChange={setOverlap} />
    </FormDialog>
  )
}
