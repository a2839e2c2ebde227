import { useEffect, useState } from 'preact/hooks'

/** The margin that readers need, in modules. */
const QUIET = 4

/** A QR code, black on white in every colour scheme. Its library is loaded when there is one. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const [rows, setRows] = useState<readonly (readonly boolean[])[]>([])
  useEffect(() => {
    void import('uqr').then(({ encode }) => setRows(encode(text, { border: QUIET }).data))
  }, [text])
  const path = rows.flatMap((row, y) =>
    row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')),
  )
  return (
    <svg
      class="qr-code"
      viewBox={`0 0 ${rows.length} ${rows.length}`}
      role="img"
      aria-label={label}
    >
      <path d={path.join('')} shape-rendering="crispEdges" />
    </svg>
  )
}
