export { FEED_DEFAULTS, Feed, type FeedSettings, type FeedStatus } from './feed.ts'
export { openPoster } from './webhooks/open-poster.ts'
export { messageOf, type Posted } from './webhooks/post.ts'
export {
  type SenderSettings,
  type SenderStatus,
  WebhookSender,
} from './webhooks/sender.ts'
export { checkTarget, type TargetRules } from './webhooks/target.ts'
export { untilEvents } from './webhooks/until-events.ts'
