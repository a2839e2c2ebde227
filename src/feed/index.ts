export { FEED_DEFAULTS, Feed, type FeedSettings, type FeedStatus } from './feed.ts'
export { type Posted, Poster } from './webhooks/post.ts'
export {
  type SenderSettings,
  type SenderStatus,
  untilEvents,
  WebhookSender,
} from './webhooks/sender.ts'
export { checkTarget, type TargetRules } from './webhooks/target.ts'
