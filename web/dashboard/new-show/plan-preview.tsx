import { useEffect, useRef } from 'preact/hooks'
import { WORLD_CLOCK } from '../../../src/client/clock.ts'
import type { ShowView } from '../../../src/client/index.ts'
import { LiveView } from '../../../src/client/live-view.ts'
import type { PlanSpec } from '../../../src/protocol/index.ts'
import { toSeatMap } from '../../../src/protocol/to-seat-map.ts'
import { describeSeat } from '../../seat-map/describe-seat.ts'
import { Face } from '../../seat-map/face.ts'
import type { House } from '../../seat-map/house/house.ts'
import type { MapSettings } from '../../seat-map/map-settings.ts'
import { PriceList } from '../../seat-map/price-list.ts'
import styles from '../../seat-map/seat-map.css?inline'
import { TEXTS } from '../../seat-map/texts.ts'

const SETTINGS: MapSettings = {
  show: '',
  server: '',
  key: null,
  max: null,
  holdSeconds: null,
  holder: null,
  isView: true,
  picksAny: false,
  controls: new Set(['legend', 'zoom']),
  currency: null,
  remembers: false,
}

const NO_PRICES = new PriceList()

/** A plan as the seat map will draw it, before it is stored. */
export function PlanPreview({ plan }: { plan: PlanSpec }) {
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const host = document.createElement('div')
    const root = host.attachShadow({ mode: 'open' })
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(styles)
    root.adoptedStyleSheets = [sheet]
    let house: House | null = null
    const face = makeFace(() => house)
    root.append(face.element)
    place.current?.append(host)
    house = face.show(toSeatMap(plan, { show: '', plan: '' }), plan.name, NO_PRICES)
    face.board.setStatuses(emptyHouse(plan.seats.length), null)
    return () => {
      face.close()
      host.remove()
    }
  }, [plan])
  return <div ref={place} class="house preview" />
}

/** Before anything is sold. */
function emptyHouse(seatCount: number): ShowView {
  const view = new LiveView(WORLD_CLOCK)
  const statuses = 'a'.repeat(seatCount)
  view.replace({ show: '', version: 0, asOf: new Date().toISOString(), statuses, holds: [] })
  return view
}

function makeFace(houseOf: () => House | null): Face {
  const nothing = () => {}
  const facts = { view: null, own: new Set<number>(), texts: TEXTS, prices: NO_PRICES }
  return new Face(SETTINGS, TEXTS, {
    describe: (seatNo) => {
      const house = houseOf()
      return house === null ? '' : describeSeat({ ...facts, house }, seatNo, false)
    },
    describeSection: (section) => {
      const count = houseOf()?.map.seats.sections.filter((one) => one === section).length ?? 0
      return [TEXTS.seats(count)]
    },
    describeArea: (section) => houseOf()?.map.sections[section]?.name ?? '',
    isPicked: () => false,
    isOpen: () => true,
    onFind: () => false,
    onPick: nothing,
    onPickArea: nothing,
    onFrame: nothing,
    onHover: nothing,
    onBest: nothing,
    onHold: nothing,
    onClear: nothing,
    onRelease: nothing,
    onCategory: nothing,
    onRetry: nothing,
  })
}
