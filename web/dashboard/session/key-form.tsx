import { useState } from 'preact/hooks'
import { explain } from '../api/explain.ts'
import { TextField } from '../parts/field.tsx'
import { signInWithKey } from './sign-in.ts'

/** An operator's key or an API key, pasted by hand; kept for this tab. */
export function KeyForm() {
  const [given, setGiven] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const submit = async (event: Event) => {
    event.preventDefault()
    const key = given.trim()
    if (!/^[\x21-\x7e]+$/.test(key)) {
      return setWrong('A key has letters, digits and symbols, but no spaces.')
    }
    setBusy(true)
    setWrong(null)
    try {
      await signInWithKey(key)
    } catch (error) {
      const { code, what, advice } = explain(error)
      const isUnknown = code === 'unauthenticated'
      setWrong(isUnknown ? 'The server does not know this key.' : `${what} ${advice}`)
      setBusy(false)
    }
  }
  return (
    <form onSubmit={submit}>
      <TextField
        label="Key"
        type="password"
        value={given}
        onInput={setGiven}
        wrong={wrong}
        required
        hint="The operator’s key of the server, or an API key. It is forgotten with this tab."
      />
      <div class="dialog-actions">
        <button type="submit" class="button" disabled={isBusy}>
          {isBusy ? 'Asking…' : 'Use this key'}
        </button>
      </div>
    </form>
  )
}
