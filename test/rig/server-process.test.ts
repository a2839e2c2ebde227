import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { ServerProcess } from '../../rig/index.ts'

const start = (program: string, readyMsMax?: number) =>
  ServerProcess.start({
    command: [process.execPath, '--eval', program, '--'],
    environment: process.env,
    ...(readyMsMax === undefined ? {} : { readyMsMax }),
  })

describe('a server process', () => {
  it('is ready when it has said so, and ends with its own code', async () => {
    // It listens for the signal before it says that it is ready.
    const program = `process.on('SIGTERM', () => process.exit(7)); setInterval(() => {}, 1000)
      console.log('{"url":"http://127.0.0.1:1","more":true}')`
    const server = await start(program)
    assert.deepEqual(server.told, { url: 'http://127.0.0.1:1', more: true })
    assert.equal(await server.end('SIGTERM'), 7)
    assert.equal(await server.end('SIGTERM'), 7)
  })

  it('that ends before it is ready is told with the end of its log', async () => {
    await assert.rejects(start('console.error("no database"); process.exit(3)'), /no database/)
  })

  it('that never gets ready is killed', async () => {
    await assert.rejects(start('setInterval(() => {}, 1000)', 50), /did not come up/)
  })

  it('of a program that is not there is told so', async () => {
    const command: [string] = ['/nowhere/rowlock']
    await assert.rejects(ServerProcess.start({ command, environment: {} }), /ENOENT/)
  })
})
