import { get as getHttp } from 'node:http'
import { get as getHttps } from 'node:https'
import type { JsonObject, StreamEvent } from '../history/history.ts'
import { now } from './wire.ts'

/** Listens to the live stream of a show at one server, and resumes when the line breaks. */
export class ShowListener {
  readonly #url: string
  readonly #show: string
  readonly #write: (event: StreamEvent) => void
  readonly #stream: number
  #version = 0
  #isClosed = false
  #hangUp: () => void = () => {}

  constructor(url: string, show: string, stream: number, write: (event: StreamEvent) => void) {
    this.#url = `${url.replace(/\/+$/, '')}/v1/shows/${show}/stream`
    this.#show = show
    this.#write = write
    this.#stream = stream
    this.#listen()
  }

  /** The last version that was heard of. */
  get version(): number {
    return this.#version
  }

  close(): void {
    this.#isClosed = true
    this.#hangUp()
  }

  #listen(): void {
    if (this.#isClosed) return
    const after = this.#version === 0 ? '' : `?after=${this.#version}`
    const get = this.#url.startsWith('https:') ? getHttps : getHttp
    const again = () => setTimeout(() => this.#listen(), 200).unref()
    const request = get(
      `${this.#url}${after}`,
      { headers: { accept: 'text/event-stream' } },
      (response) => {
        response.setEncoding('utf8')
        let text = ''
        response.on('data', (part: string) => {
          const blocks = `${text}${part}`.split('\n\n')
          text = blocks.pop() ?? ''
          for (const block of blocks) this.#hear(block)
        })
        response.on('error', () => {})
        response.on('close', again)
      },
    )
    request.on('error', again)
    this.#hangUp = () => request.destroy()
  }

  #hear(block: string): void {
    if (this.#isClosed) return
    const field = (name: string) => {
      const line = block.split('\n').find((one) => one.startsWith(`${name}: `))
      return line?.slice(name.length + 2)
    }
    const event = field('event')
    const text = field('data')
    if ((event !== 'snapshot' && event !== 'change') || text === undefined) return
    const data = JSON.parse(text) as JsonObject
    this.#version = Number(data.version)
    const receivedAt = now()
    this.#write({
      line: 'event',
      show: this.#show,
      stream: this.#stream,
      receivedAt,
      event,
      data,
    })
  }
}
