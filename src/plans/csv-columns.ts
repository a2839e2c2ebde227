import type { CsvColumn } from '../protocol/index.ts'
import { foldWord } from './fold-word.ts'

/** Names of columns in people's spreadsheets. */
const WORDS: Readonly<Record<CsvColumn, string>> = {
  section: `section, block, sector, area, zone, part, sektion, bereich, sektor, abschnitt,
    saalteil, bloc, secteur, sección, seccion, bloque, settore, sezione, blocco, setor,
    seção, bloco, sectie, vak, blok, sektion, sektsioon, lohko, katsomo, sekcja, sekce,
    szektor, bölüm, blok, сектор, секция, блок, зона, секція, τομέας, גוש, אזור, قسم,
    قطاع, منطقة, खंड, 区, 区域, 區域, 分区, ブロック, エリア, 구역`,
  row: `row, rows, row number, row no, row name, line, reihe, reihennummer, rang, rangée,
    rangee, fila, número de fila, fila no, file, riga, fileira, linha, rij, rijnummer,
    rad, række, raekke, rivi, rząd, řada, rada, rad číslo, sor, sıra, rând, rand, red,
    vrsta, ряд, рядок, ред, σειρά, שורה, صف, ردیف, पंक्ति, แถว, hàng, baris, 排, 排号, 行,
    列, 列番号, 열`,
  seat: `seat, seat number, seat no, seat nr, number, no, nr, seats, chair, platz,
    platznummer, platznr, platz nr, sitz, sitzplatz, sitznummer, stuhl, place, numéro de
    place, siège, siege, fauteuil, asiento, butaca, número de asiento, posto, numero
    posto, poltrona, lugar, assento, cadeira, stoel, stoelnummer, plaats, zitplaats,
    plats, stol, sæde, plads, pladsnummer, plass, sete, paikka, paikkanumero, miejsce,
    nr miejsca, fotel, sedadlo, místo, miesto, szék, hely, koltuk, koltuk no, loc,
    sjedalo, sedež, место, номер места, кресло, місце, място, θέση, כיסא, מושב, مقعد,
    كرسي, صندلی, सीट, ที่นั่ง, ghế, kursi, 座, 座位, 座位号, 座号, 号, 席, 座席, 座席番号, 番号, 좌석, 좌석번호,
    번호`,
  label: `label, seat label, name, seat name, bezeichnung, platzbezeichnung, sitzbezeichnung,
    nom, libellé, étiquette, etiqueta, etichetta, etykieta, popisek, címke, etiket,
    название, метка, ετικέτα, 标签, 名称, ラベル, 名前, 이름`,
  category: `category, category name, price category, price class, price level, price zone,
    class, tier, type, kategorie, preiskategorie, preisklasse, preisgruppe, pk,
    catégorie, categorie, tarif, categoría, categoria, categoria de preço, categoria de
    precio, prijscategorie, prijsklasse, kategori, priskategori, prisklass, kategoria,
    hintaluokka, luokka, kategorija, kategória, категория, ценовая категория, категорія,
    κατηγορία, קטגוריה, فئة, श्रेणी, 类别, 票价类别, 席種, カテゴリー, 등급`,
  x: 'x, pos x, x pos, x position, position x, x coordinate, coord x, x koordinate, koordinate x',
  y: 'y, pos y, y pos, y position, position y, y coordinate, coord y, y koordinate, koordinate y',
  accessible: `accessible, wheelchair, wheelchair space, ada, disabled, handicap, barrierefrei,
    rollstuhl, rollstuhlplatz, rolli, pmr, accessible pmr, fauteuil roulant, accesible,
    silla de ruedas, accessibile, disabili, sedia a rotelle, acessível, cadeirante,
    rolstoel, rolstoelplaats, rullstol, rullestol, kørestol, esteetön, pyörätuoli,
    wózek, vozíčkář, kerekesszék, engelli, инвалид, для инвалидов, інвалід, αμεα, נגיש,
    נכים, كرسي متحرك, 无障碍, 轮椅, 車椅子, 휠체어`,
  companion: `companion, companion seat, carer, essential companion, begleitung, begleitplatz,
    begleitperson, accompagnateur, accompagnant, acompañante, accompagnatore,
    acompanhante, begeleider, ledsagare, ledsager, saattaja, opiekun, doprovod, kísérő,
    refakatçi, сопровождающий, συνοδός, מלווה, مرافق, 陪同, 介助者, 동반자`,
  restricted_view: `restricted view, restricted, limited view, obstructed view, obstructed,
    sichtbehindert, sichtbehinderung, eingeschränkte sicht, visibilité réduite,
    visibilidad reducida, visibilità ridotta, visibilità limitata, visibilidade
    reduzida, beperkt zicht, begränsad sikt, begrænset udsyn, rajoitettu näkyvyys,
    ograniczona widoczność, omezený výhled, korlátozott kilátás, kısıtlı görüş,
    ограниченный обзор, 视线受阻, 見切れ席, 시야제한`,
  general_admission: `general admission, ga, standing, unreserved, free seating, stehplatz,
    stehplätze,    freie platzwahl, placement libre, debout, entrada general, de pie, sin numerar,
    posto unico, posti in piedi, não numerado, em pé, staanplaats, vrije plaatsen,
    ståplats, stående, ståplass, seisomapaikka, miejsca stojące, stání, állóhely,
    ayakta, танцпол, стоячие места, 站席, 立见, 自由席`,
  capacity: `capacity, quantity, qty, count, places, kapazität, anzahl, plätze, capacité,
    quantité, capacidad, cantidad, aforo, capacità, quantità, capacidade, quantidade,
    capaciteit, aantal, kapacitet, antal, kapasiteetti, pojemność, liczba, kapacita,
    počet, kapasite, вместимость, количество, χωρητικότητα, קיבולת, سعة, 容量, 数量, 定員,
    수용인원`,
  external_id: `external id, id, guid, uuid, seat id, seat guid, ref, reference, externe id, extern
    id, externe kennung, kennung, identifiant, identificador, identificativo,
    идентификатор, 编号`,
}

/** A header's name as it is compared: without capitals, accents, underscores and other signs. */
export function foldHeader(text: string): string {
  return foldWord(text)
    .replace(/[\s_\-./#:*]+/gu, ' ')
    .trim()
}

const BY_WORD = new Map<string, CsvColumn>()
for (const [column, words] of Object.entries(WORDS) as [CsvColumn, string][]) {
  for (const word of words.split(',')) {
    const key = foldHeader(word)
    if (!BY_WORD.has(key)) BY_WORD.set(key, column)
  }
}

/** The column of a header's name in one of the languages that we know, or null. */
export function columnOfWord(text: string): CsvColumn | null {
  return BY_WORD.get(foldHeader(text)) ?? null
}
