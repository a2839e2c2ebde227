/*
 * Words that stand around the names of rows and seats on tickets, in the languages we could find.
 * A word that is missing costs nothing but a row that is not found: see read-rows.ts.
 */

import { foldWord } from '../fold-word.ts'

const ROW = `row rows line reihe reihen rhe rng fila filas file fileira linha carreira riga rang
    rangee range rij rad rader raekke række rekke rivi rida rinda rindas eile sor rzad
    rada rand sira vrsta red hilera bankrad benkerad vico rhes sraith rreshti ilara
    baris barisan deret hanay hang day safu mstari ry ряд ряды рядок ред рад қатар катар
    катор радок σειρα שורה صف الصف ردیف قطار पंक्ति कतार पङ्क्ति সারি வரிசை వరుస ಸಾಲು
    വരി પંક્તિ ਕਤਾਰ რიგი շարք แถว แถวที่ ແຖວ ជួរ အတန်း 排 列 行 열 행 줄 段`

const SEAT = `seat seats chair place places plc platz plaetze plätze sitz sitzplatz stuhl siege
    fauteuil asiento butaca plaza silla lugar cadeira assento poltrona posto sedia stoel
    plaats zitplaats plats stol sittplats plass sete sitteplass plads sæde saede paikka
    istuin koht iste vieta kedve szek hely ules miejsce fotel krzeslo sedadlo misto
    miesto kreslo sjedalo mjesto sediste mesto sedez sedezh loc scaun koltuk yer seient
    asento eserlekua sedd sego vendi ulese kursi bangku upuan ghe cho kiti место кресло
    крісло місце мястото място стол седиште орын орындык месца θεση καθισμα כיסא כסא
    מושב מקום مقعد المقعد كرسي الكرسي صندلی صندلي نشست कुर्सी सीट आसन আসন সিট இருக்கை
    సీటు సీట్ ಆಸನ സീറ്റ് બેઠક ਸੀਟ ადგილი տեղ նստատեղ ที่นั่ง เก้าอี้ ບ່ອນນັ່ງ កៅអី
    ထိုင်ခုံ 座 座位 座席 席 号 號 号座 號座 番 番席 번 석 좌석 호 번좌석 번석`

/** Words for a part of a house, whose number is no row's. */
const SECTION = `block blok bloc bloque blocco sector sektor secteur settore setor section seccion
    secao sezione saal sala salle hall halle room kino screen level floor etage etasje
    vaning kat piso piano niveau ebene tier zone zona area bereich gate porte tor
    tribune tribuna stand сектор блок зал ярус этаж трибуна κερκιδα τομεας 区 區 楼 樓 层 層 階
    ブロック エリア 층 구역 블록 שער גוש قطاع`

/** Words for something that people sit around, or in: its seats are beside each other. */
const UNIT = `table tisch mesa tavolo tafel bord poyta asztal stolik masa столик τραπεζι שולחן
    طاولة मेज โต๊ะ 桌 卓 テーブル 테이블 box boxes loge loggia palco palchetto lodge booth ложа
    лоджа`

/** Words for a seat, beside its number: they say nothing of its row. */
const NEED = `rollstuhl rollstuhlplatz rolli wheelchair accessible handicap handicapped disabled
    hc pmr ada wc wch silla ruedas adaptado minusvalido cadeirante sedia rotelle
    disabile fauteuil roulant rolstoel rullstol rullestol korestol kørestol pyoratuoli
    invalidni vozicek wozek tekerlekli инвалид инвалидное коляска αμεα נכים كراسي متحركة
    车椅子 車椅子 輪椅 轮椅 휠체어 無障礙 无障碍 companion begleitung begleitperson begleiter
    accompagnateur acompanante accompagnatore carer essential ledsager ledsagare opiekun
    同伴 介助 介助者 동반 restricted view sichtbehindert sicht eingeschrankt eingeschraenkt
    obstructed limited visibilite reduite visibilidad reducida visibilita ridotta aisle
    gang gangplatz couloir pasillo vip premium klappsitz strapontin extra bis ter quater
    加座 補助席 보조석`

/** Marks of a number. */
const NUMBER = 'no nr num number nummer numero nro číslo 第 제 ที่'

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/u).map(foldWord))
}

/** Meaning of a word for what stands beside it. */
export type WordKind = 'row' | 'seat' | 'section' | 'unit' | 'need' | 'number'

const KINDS: readonly (readonly [WordKind, ReadonlySet<string>])[] = [
  ['row', setOf(ROW)],
  ['seat', setOf(SEAT)],
  ['unit', setOf(UNIT)],
  ['section', setOf(SECTION)],
  ['need', setOf(NEED)],
  ['number', setOf(NUMBER)],
]

const KIND_BY_WORD = new Map<string, WordKind>()
for (const [kind, words] of KINDS) {
  for (const word of words) if (!KIND_BY_WORD.has(word)) KIND_BY_WORD.set(word, kind)
}

/** Looks a word up, whatever its capitals and accents. */
export function kindOf(word: string): WordKind | null {
  return KIND_BY_WORD.get(foldWord(word)) ?? null
}

/** Languages that put no blanks between words: there a word is found inside of others. */
const UNSPACED =
  /^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}ー\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]+$/u
const HANGUL = /^\p{sc=Hang}+$/u

function alternatives(script: RegExp): string {
  const words = [ROW, SEAT, SECTION, UNIT, NEED, NUMBER].join(' ').trim().split(/\s+/u)
  const glued = words.map((word) => word.normalize('NFKC')).filter((word) => script.test(word))
  return [...new Set(glued)].sort((one, other) => other.length - one.length).join('|')
}

const UNSPACED_WORD = new RegExp(alternatives(UNSPACED), 'gu')
const HANGUL_AT_END = new RegExp(`^(.+?)(${alternatives(HANGUL)})$`, 'u')

/** A run of letters of such a language, cut at the words that are known; others stay whole. */
export function cutWords(run: string): string[] {
  if (kindOf(run) !== null) return [run]
  if (HANGUL.test(run)) return HANGUL_AT_END.exec(run)?.slice(1) ?? [run]
  if (!UNSPACED.test(run)) return [run]
  const pieces: string[] = []
  let from = 0
  for (const match of run.matchAll(UNSPACED_WORD)) {
    if (match.index > from) pieces.push(run.slice(from, match.index))
    pieces.push(match[0])
    from = match.index + match[0].length
  }
  if (from < run.length) pieces.push(run.slice(from))
  return pieces
}
