import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { describe, test } from 'node:test'
import type axe from 'axe-core'
import { demoTheatrePlan } from '../../src/plans/index.ts'
import type { MapPage } from './support/map-page.ts'
import { useMaps } from './support/use-maps.ts'

const { house, createShow, open } = await useMaps('seat map axe')
const SOURCE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

declare global {
  interface Window {
    axe: typeof axe
  }
}

async function offences(map: MapPage): Promise<string[]> {
  return map.page.evaluate(async (tags) => {
    const { violations } = await window.axe.run(document, { runOnly: tags })
    return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`))
  }, TAGS)
}

describe('axe finds nothing', () => {
  for (const colorScheme of ['light', 'dark'] as const) {
    for (const width of [1280, 390]) {
      test(`in any state, ${colorScheme}, ${width} pixels wide`, async () => {
        const show = await createShow(demoTheatrePlan())
        const map = await open(show, { colorScheme, viewport: { width, height: 844 } })
        await map.page.evaluate(SOURCE)
        assert.deepEqual(await offences(map), [])

        const [first = '', second = ''] = (await house.operator.getMap(show)).seats.labels
        await map.map.evaluate(
          (el, labels) => {
            ;(el as HTMLElementTagNameMap['rowlock-seat-map']).select(labels)
          },
          [first, second],
        )
        await map.button('Hold 2 seats').waitFor()
        assert.deepEqual(await offences(map), [])

        await house.operator.bookSeats(show, { seats: [first] })
        await map.says(map.message, /faster/)
        assert.deepEqual(await offences(map), [])

        await map.button('Hold 1 seat').click()
        await map.hears('hold')
        await map.page.keyboard.press('Tab')
        assert.deepEqual(await offences(map), [])
        await map.close()
      })
    }
  }
})
