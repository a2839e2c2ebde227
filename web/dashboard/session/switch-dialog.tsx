import { useState } from 'preact/hooks'
import { me, nameOfMe } from '../identity/identity.ts'
import { Dialog } from '../parts/dialog.tsx'
import { answerSwitch, askToSignIn, switchAsked } from './sign-in.ts'

/** The address brings a credential while somebody is here: asks before it takes their place. */
export function SwitchDialog() {
  const [isBusy, setBusy] = useState(false)
  const brought = switchAsked.value
  const here = me.value
  if (brought === null || here === null) return null
  const answer = async (isWanted: boolean) => {
    setBusy(true)
    await answerSwitch(isWanted).catch(askToSignIn)
    setBusy(false)
  }
  return (
    <Dialog title="Switch accounts?" onClose={() => void answer(false)}>
      <p>
        You opened {brought.kind === 'link' ? 'a sign-in link' : 'an address with a key'}, but you
        are signed in as <b>{nameOfMe(here)}</b>. Switch only if you asked for it yourself: what you
        do from then on is done in the name of somebody else.
      </p>
      <div class="dialog-actions">
        <button
          type="button"
          class="button is-plain"
          disabled={isBusy}
          onClick={() => void answer(true)}
        >
          Sign out and switch
        </button>
        <button
          type="button"
          class="button is-primary"
          disabled={isBusy}
          onClick={() => void answer(false)}
        >
          Stay signed in
        </button>
      </div>
    </Dialog>
  )
}
