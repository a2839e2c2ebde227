/** A read that can be skipped when the caller has it already. */
export interface Tagged<Value> {
  /** Quoted, as in an ETag header. Equal tags mean equal content, but for `asOf`. */
  readonly etag: string
  read(): Value
}
