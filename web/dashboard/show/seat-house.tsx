import { useEffect, useRef } from 'preact/hooks'
import { RowlockSeatMap, type SelectDetail, type StatusDetail } from '../../seat-map/index.ts'
import { operatorKey } from '../session/operator-key.ts'
import type { ShowDesk } from './show-desk.ts'

/** At the desk everybody's seats are seen, so none are "yours". */
const WORDS = { keyStatus: { held: 'Held', booked: 'Booked', blocked: 'Blocked', own: 'Picked' } }

/** The seat map of the desk: everything can be picked, and what to do with it stands beside it. */
export function SeatHouse({ desk }: { desk: ShowDesk }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const map = new RowlockSeatMap()
    map.setAttribute('show', desk.key)
    map.setAttribute('pick', 'any')
    map.setAttribute('controls', 'legend zoom')
    map.texts = WORDS
    const key = operatorKey.peek()
    if (key !== null) map.setAttribute('key', key)
    map.addEventListener('rowlock-status', (event) =>
      desk.takeStatus((event as CustomEvent<StatusDetail>).detail),
    )
    map.addEventListener('rowlock-select', (event) =>
      desk.takePicked((event as CustomEvent<SelectDetail>).detail),
    )
    place.current?.append(map)
    desk.setMap(map)
    return () => {
      desk.setMap(null)
      map.remove()
    }
  }, [desk])
  return <div ref={place} class="house" />
}
