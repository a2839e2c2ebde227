import { useId, useRef, useState } from 'preact/hooks'
import { Icon } from './icon.tsx'

/** Something to be taken along: a secret, a link. Selected by a click, copied by the button. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [isCopied, setCopied] = useState(false)
  const copy = async () => {
    input.current?.select()
    setCopied(await copyText(value))
  }
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="copy-line">
        <input
          id={id}
          ref={input}
          class="copy-text"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button type="button" class="button" onClick={copy}>
          <Icon name={isCopied ? 'check' : 'copy'} size={18} /> {isCopied ? 'Copied' : 'Copy'}
        </button>
      </div>
      <span class="unseen" role="status">
        {isCopied ? `${label} copied.` : ''}
      </span>
    </div>
  )
}

/** Pages without TLS have no clipboard; what is selected can be copied by hand there. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return document.execCommand('copy')
  }
}
