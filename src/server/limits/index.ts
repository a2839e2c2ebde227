export { LIMITS_USUAL, type LimitSettings } from './limit-settings.ts'
