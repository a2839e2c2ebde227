/** The receivers of the guide to webhooks, run as they stand there, and told by a real server. */

import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { freePort } from '../../rig/index.ts'
import { sign } from '../../src/feed/webhooks/sign.ts'
import { useTestDatabase } from '../support/database.ts'
import { createShowOn, useListening } from '../support/servers.ts'
import { until } from '../support/until.ts'
import { blocksOf } from './blocks.ts'

const OUTPUT = fileURLToPath(new URL('../../test-output/', import.meta.url))
const server = await useListening(await useTestDatabase('receivers'), {
  allowsLoopbackWebhooks: true,
  webhooksLookEveryMs: 100,
})
const { operator, shopper } = server
const blocks = await blocksOf('docs/guides/webhooks.md', 'Receive it')
await mkdir(OUTPUT, { recursive: true })
const directory = await mkdtemp(join(OUTPUT, 'receivers-'))
after(() => rm(directory, { recursive: true, force: true }))

/** Starts a receiver of the guide on another port than 4000; answers what it prints. */
async function start(library: string, port: number, secret: string): Promise<() => string> {
  const block = blocks.find(({ text }) => text.includes(`from '${library}'`))
  assert.ok(block, library)
  const file = join(directory, `${library}.${block.language}`)
  await writeFile(file, block.text.replace('4000', String(port)).replace(/^import type .*\n/gm, ''))
  const child = spawn(process.execPath, [file], {
    env: { ...process.env, WEBHOOK_SECRET: secret },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  after(() => child.kill())
  let printed = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed += text
  })
  const url = `http://localhost:${port}/`
  await until(`${library} to listen`, () => fetch(url).then(Boolean, () => null))
  return () => printed
}

for (const library of ['fastify', 'express']) {
  describe(`the receiver with ${library}`, () => {
    it('takes what is signed, once each, and refuses what is forged', async () => {
      const port = await freePort()
      const show = await createShowOn(server)
      const url = `http://localhost:${port}/hooks/rowlock`
      const webhook = await operator.createWebhook({ url, shows: [show] })
      const printed = await start(library, port, webhook.secret)
      const { id } = await shopper.holdSeats(show, { seats: ['A1', 'A2'] })
      await shopper.confirmHold(show, id, {})
      await until(
        'the booking to arrive',
        async () => printed().includes('booking.created') || null,
      )
      await until('everything to be delivered', async () => {
        const { items } = await operator.listWebhookDeliveries(webhook.id)
        return items.every(({ state }) => state === 'delivered') ? true : null
      })

      const { events } = await operator.listEvents(show)
      const booked = events.find(({ type }) => type === 'booking.created')
      const body = Buffer.from(JSON.stringify(booked))
      const send = async (secret: string) => {
        const signed = sign(booked?.id ?? '', body, [secret], Date.now())
        const headers = { 'content-type': 'application/json', ...signed }
        return (await fetch(url, { method: 'POST', headers, body })).status
      }
      assert.equal(await send(webhook.secret), 204)
      assert.equal(
        await send(`whsec_${Buffer.from('somebody else knows').toString('base64')}`),
        401,
      )
      assert.equal(printed(), "booking.created [ 'A1', 'A2' ]\n")
    })
  })
}
