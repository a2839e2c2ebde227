import {
  type PlanOptions,
  type PlanShape,
  type PlanSide,
  type PlanSpec,
  type Point,
  seatKey,
} from '../protocol/index.ts'
import { round } from './seat-layout.ts'
import { boxAround } from './shape-parts.ts'

/** Words on a stage or a screen, in the languages that we know. */
const STAGES = new Set(
  `stage mainstage main-stage bühne buehne hauptbühne scène scene escenario tablado palco
   palcoscenico podium toneel scena scen scenen scenă näyttämö lava estrade oder színpad sahne
   pódium jeviště javisko oder pozornica bina skatuve lavva сцена эстрада подмостки σκηνή במה בימה
   مسرح المسرح خشبة منصة صحنه سن मंच रंगमंच เวที sân-khấu panggung pentas entablado 舞台 舞臺 ステージ
   무대 screen leinwand écran ecran pantalla schermo ekrã tela ecrã scherm bildduk lerret lærred
   valkokangas ekran plátno platno vászon ecranul perde экран екран οθόνη מסך شاشة الشاشة पर्दा
   จอ màn-hình layar 银幕 銀幕 屏幕 スクリーン 스크린`
    .split(/\s+/u)
    .filter((word) => word !== 'oder')
    .map((word) => seatKey(word.replace('-', ' '))),
)

/**
 * Finds the point that everyone looks at: as asked for, as the file says, or the middle of a shape
 * that says stage.
 */
export function findFocalPoint(plan: PlanSpec, asked: PlanOptions['focalPoint']): Point | null {
  if (typeof asked === 'object') return asked
  if (asked !== undefined) return besideSeats(plan, asked)
  return plan.focalPoint
}

/** The middle of the largest shape that says stage, or null. */
export function stageOf(shapes: readonly PlanShape[]): Point | null {
  const stages = shapes.filter(({ text }) => text !== null && saysStage(text))
  const area = ({ width, height }: PlanShape) => width * height
  const [largest] = stages.sort((one, other) => area(other) - area(one))
  return largest ? { x: largest.x, y: largest.y } : null
}

/** "Stage", "MAIN STAGE", "舞台 / Stage"; but not "Stage door", and not "Palco 3", which is a box. */
function saysStage(text: string): boolean {
  if (text.length > 60) return false
  const words = seatKey(text.replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')).split(' ')
  const isOther = words.some((word) => /\p{N}/u.test(word) || OTHERS.has(word))
  return !isOther && (STAGES.has(words.join(' ')) || words.some((word) => STAGES.has(word)))
}

const OTHERS = new Set(
  `door entrance exit entry left right behind back access lift bar eingang ausgang links rechts
   entrée sortie gauche droite entrada salida izquierda derecha entrata uscita sinistra destra`
    .split(/\s+/u)
    .map(seatKey),
)

/** The middle of a side of the box around the seats, as far outside as the stage of a grid is. */
function besideSeats({ seats }: PlanSpec, side: PlanSide): Point {
  const { x, y, width, height } = boxAround(seats)
  const away = Math.max(1, 0.1 * Math.max(width, height))
  const [across, down] = DIRECTIONS[side]
  const point = {
    x: x + across * (width / 2 + away),
    y: y + down * (height / 2 + away),
  }
  return { x: round(point.x), y: round(point.y) }
}

const DIRECTIONS: Readonly<Record<PlanSide, readonly [across: number, down: number]>> = {
  top: [0, -1],
  right: [1, 0],
  bottom: [0, 1],
  left: [-1, 0],
}
