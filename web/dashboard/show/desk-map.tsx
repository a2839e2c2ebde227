import { useEffect, useRef } from 'preact/hooks'
import { RowlockSeatMap, type SelectDetail, type StatusDetail } from '../../seat-map/index.ts'
import { pastedKey } from '../identity/pasted-key.ts'
import type { ShowDesk } from './show-desk.ts'

/** At the desk everybody's seats are seen, so none are "yours". */
const WORDS = { keyStatus: { held: 'Held', booked: 'Booked', blocked: 'Blocked', own: 'Picked' } }

/** The seat map of the desk: everything can be picked, and what to do with it stands beside it. */
export function DeskMap({ desk }: { desk: ShowDesk }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const map = makeMap(desk)
    place.current?.append(map)
    desk.setMap(map)
    const stopResting = restWhileHidden(map, place.current)
    return () => {
      stopResting()
      desk.setMap(null)
      map.remove()
    }
  }, [desk])
  return <div ref={place} class="house" />
}

function makeMap(desk: ShowDesk): RowlockSeatMap {
  const map = new RowlockSeatMap()
  map.setAttribute('show', desk.key)
  map.setAttribute('pick', 'any')
  map.setAttribute('controls', 'legend zoom')
  map.texts = WORDS
  const key = pastedKey.peek()
  if (key !== null) map.setAttribute('key', key)
  map.addEventListener('rowlock-status', (event) =>
    desk.takeStatus((event as CustomEvent<StatusDetail>).detail),
  )
  map.addEventListener('rowlock-select', (event) =>
    desk.takePicked((event as CustomEvent<SelectDetail>).detail),
  )
  return map
}

/** A tab that nobody has looked at for so long, in milliseconds, needs no news. */
const REST_AFTER_MS = 60_000

/**
 * Takes the map away from a tab that is not looked at, and puts it back with what was picked. A
 * browser has six connections to a server over all its tabs: a seventh with a stream would hang.
 */
function restWhileHidden(map: RowlockSeatMap, place: HTMLElement | null): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  let picked: readonly string[] = []
  const rest = () => {
    picked = map.selection.seats.map(({ label }) => label)
    map.remove()
  }
  const wake = async () => {
    place?.append(map)
    await map.ready.catch(() => {})
    map.select(picked)
  }
  const look = () => {
    clearTimeout(timer)
    if (document.hidden) timer = setTimeout(rest, REST_AFTER_MS)
    else if (!map.isConnected) void wake()
  }
  document.addEventListener('visibilitychange', look)
  return () => {
    clearTimeout(timer)
    document.removeEventListener('visibilitychange', look)
  }
}
