import type { Listed } from '../api/use-pages.ts'
import { isSaidAbove } from '../api/use-return.ts'
import { Skeleton } from './skeleton.tsx'
import { TroubleNote } from './trouble-note.tsx'

/** End of a list: grey lines, what went wrong, or the way to more of it. */
export function ListEnd({ list }: { list: Omit<Listed<{ readonly id: unknown }>, 'put'> }) {
  if (list.error !== null && !isSaidAbove(list.error)) {
    return <TroubleNote error={list.error} onRetry={list.items ? list.loadMore : list.reload} />
  }
  if (list.items === null) {
    return (
      <div class="card shows-waiting">
        <Skeleton lines={6} label="Loading" />
      </div>
    )
  }
  if (!list.hasMore) return null
  return (
    <button type="button" class="button" disabled={list.isLoading} onClick={list.loadMore}>
      {list.isLoading ? 'Loading…' : 'Load more'}
    </button>
  )
}
