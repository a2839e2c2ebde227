import { Counter, Gauge, Histogram, type Registry } from '@prometheus-io/client'
import type { WebhookSender } from '../feed/index.ts'

/** Seconds. An event takes some ten milliseconds, or as long as its receiver is away. */
const DELAY_BUCKETS = [0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800]

/** Adds what the sender of webhooks tells. */
export function addWebhookFigures(sender: WebhookSender, registers: Registry[]): void {
  new Counter({
    name: 'rowlock_webhook_attempts_total',
    help: 'Events that were sent to webhooks, by outcome: delivered or failed.',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset()
      const { delivered, failed } = sender.status()
      // A rate needs a zero to begin with.
      this.inc({ outcome: 'delivered' }, delivered)
      this.inc({ outcome: 'failed' }, failed)
    },
  })
  const delays = new Histogram({
    name: 'rowlock_webhook_delay_seconds',
    help: 'From what happened to its arrival, of events that arrived.',
    buckets: DELAY_BUCKETS,
    registers,
  })
  // Clocks of two machines: what seems to arrive before it happened took no time.
  sender.observe((seconds) => delays.observe(Math.max(0, seconds)))
  new Gauge({
    name: 'rowlock_webhook_waiting',
    help: 'Shows that are being told of.',
    registers,
    collect() {
      this.set(sender.status().waiting)
    },
  })
  new Gauge({
    name: 'rowlock_webhook_oldest_seconds',
    help: 'Age of the oldest event that a webhook has not been told of.',
    labelNames: ['webhook'],
    registers,
    collect() {
      // What nobody waits for is left out, and is not late.
      this.reset()
      for (const { webhook, seconds } of sender.lags()) this.set({ webhook }, seconds)
    },
  })
}
