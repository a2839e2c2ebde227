export { describeFields, FIELD_TEXTS, textOf } from './describe-fields.ts'
export { SHARED } from './shared.ts'
