import { client } from '../api/client.ts'
import { useSending } from '../api/use-sending.ts'
import { TroubleNote } from '../parts/trouble-note.tsx'

/** The report as a file for spreadsheets, with all lines of it. */
export function ReportFile({ show, by }: { show: string; by: string }) {
  const { isBusy, error, dismiss, send } = useSending()
  const download = () =>
    send(async () => {
      const parts: string[] = []
      for await (const part of client.value.exportList(show, 'report', { by, bom: true })) {
        parts.push(part)
      }
      const link = document.createElement('a')
      link.href = URL.createObjectURL(new Blob(parts, { type: 'text/csv' }))
      link.download = `${show}-${by.replaceAll(',', '-')}.csv`
      link.click()
      URL.revokeObjectURL(link.href)
    })
  return (
    <>
      {error !== null && <TroubleNote error={error} onDismiss={dismiss} />}
      <button type="button" class="button" disabled={isBusy} onClick={() => void download()}>
        CSV
      </button>
    </>
  )
}
