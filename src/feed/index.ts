export { FEED_DEFAULTS, Feed, type FeedSettings, type FeedStatus } from './feed.ts'
