/** Grey lines in the place of what is on its way, as high as it will be. */
export function Skeleton({ lines = 1, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div class="skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, n) => (
        <span key={n} class="skeleton-line" style={{ width: `${92 - ((n * 37) % 45)}%` }} />
      ))}
    </div>
  )
}
