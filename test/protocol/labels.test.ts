import assert from 'node:assert/strict'
import { test } from 'node:test'
import { normalizeLabel, seatKey, withoutInvisible } from '../../src/protocol/index.ts'

/** Without the tens of thousands that have neither capitals nor parts, nor any meaning yet. */
const ALIKE = /[\p{Unified_Ideograph}\p{Script=Hangul}\p{Script=Tangut}\p{Co}\p{Cn}]/u

/** Every character that Unicode has, NUL and surrogates left out. */
function* characters(all = false): Generator<string> {
  for (let point = 1; point <= 0x10ffff; point += 1) {
    if (point >= 0xd800 && point <= 0xdfff) continue
    const character = String.fromCodePoint(point)
    if (all || !ALIKE.test(character)) yield character
  }
}

test('the key of a key, and of a label, is itself, whatever the character', () => {
  for (const character of characters()) {
    for (const text of [character, `A${character}1`, `i${character}`]) {
      const label = normalizeLabel(text)
      const key = seatKey(text)
      assert.equal(seatKey(key), key, JSON.stringify(text))
      assert.equal(seatKey(label), key, JSON.stringify(text))
      assert.equal(normalizeLabel(label), label, JSON.stringify(text))
    }
  }
})

test('small and capital letters are one, whatever the letter', () => {
  for (const character of characters()) {
    const [small, capital] = [character.toLowerCase(), character.toUpperCase()]
    assert.equal(seatKey(`${small}1`), seatKey(`${capital}1`), JSON.stringify(character))
  }
})

test('L30: what draws nothing makes no difference, wherever it stands', () => {
  const ignorable = /\p{Default_Ignorable_Code_Point}/u
  let count = 0
  for (const character of characters(true)) {
    if (!ignorable.test(character)) continue
    count += 1
    for (const text of [`${character}A1`, `A${character}1`, `A1${character}`]) {
      assert.equal(seatKey(text), 'A1', character.codePointAt(0)?.toString(16))
      assert.equal(normalizeLabel(text), 'A1')
      assert.equal(withoutInvisible(text), 'A1')
    }
  }
  assert.ok(count > 4_000)
  const controls = [
    '\u0001',
    '\u007f',
    '\u0086',
    '\ufff9',
    '\u202e',
    '\u2066',
    '\ufeff',
    '\u{e0041}',
  ]
  for (const control of controls) assert.equal(seatKey(`A${control}1`), 'A1')
})

test('every blank is a blank', () => {
  for (const blank of ['\u00a0', '\u2007', '\u3000', '\u0085', '\u2800', '\t', ' \u200b ']) {
    assert.equal(normalizeLabel(`${blank}Box${blank}1${blank}`), 'Box 1')
  }
})

test('joiners stay where they change what is drawn, and count for nothing', () => {
  const mezzanine = 'نیم\u200cطبقه'
  assert.equal(normalizeLabel(mezzanine), mezzanine)
  assert.equal(seatKey(mezzanine), seatKey(mezzanine.replace('\u200c', '')))
  assert.equal(normalizeLabel('A\u200c1'), 'A1')
  assert.equal(normalizeLabel('a\u200db'), 'ab')
})

test('a capital of several characters is composed after it is made', () => {
  assert.equal(seatKey('İ1'), seatKey('i\u03071'))
  assert.equal(seatKey('ẞ1'), seatKey('ß1'))
  assert.notEqual(seatKey('I1'), seatKey('İ1'))
})

test('letters that look alike in several scripts are one', () => {
  assert.equal(seatKey('А1'), seatKey('A1'), 'Cyrillic А')
  assert.equal(seatKey('в2'), seatKey('B2'), 'Cyrillic в, whose capital is В')
  assert.equal(seatKey('Ρ3'), seatKey('P3'), 'Greek Ρ')
  assert.equal(seatKey('A–1'), seatKey('A-1'), 'a dash')
  assert.equal(seatKey('Ａ１'), seatKey('A1'), 'full width')
  assert.equal(normalizeLabel('А1'), 'А1', 'and are printed as they are')
})

test('letters of one script that look different stay apart', () => {
  for (const alphabet of ['АБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЫЭЮЯ', 'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ']) {
    assert.equal(new Set([...alphabet].map(seatKey)).size, alphabet.length)
  }
  assert.notEqual(seatKey('O1'), seatKey('01'))
})
