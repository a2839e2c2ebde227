import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { useWebBuild } from './support/web-build.ts'

const webDir = await useWebBuild()
const GUIDE = new URL('../../docs/guides/seat-map.md', import.meta.url)

/** Price of the map for a shop's page, in thousands of bytes. More needs a good reason. */
const KB_MAX = 40

test('the seat map is as small as its guide says', async () => {
  const packed = gzipSync(await readFile(join(webDir, 'seat-map.js')))
  const kB = Math.round(packed.length / 1000)
  const [, told] = /(\d+) kB gzipped/.exec(await readFile(GUIDE, 'utf8')) ?? []
  assert.equal(Number(told), kB, `${packed.length} bytes`)
  assert.ok(kB <= KB_MAX, `${kB} kB`)
})
