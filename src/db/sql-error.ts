import type pg from 'pg'
import type { SqlFile } from './sql-files.ts'

/** A file's SQL failed. Carries the SQLSTATE in `code`, and says file and line. */
export class SqlFileError extends Error {
  override readonly name = 'SqlFileError'
  readonly code: string | undefined

  constructor(file: SqlFile, cause: Error & { code?: string; position?: string; detail?: string }) {
    const detail = cause.detail ? ` (${cause.detail})` : ''
    super(`sql/${file.path}${lineOf(file.text, cause.position)}: ${cause.message}${detail}`, {
      cause,
    })
    this.code = cause.code
  }
}

function lineOf(text: string, position: string | undefined): string {
  if (position === undefined) return ''
  return `:${text.slice(0, Number(position) - 1).split('\n').length}`
}

/**
 * Runs a whole file, in the transaction that is open. Refuses a file that ends it: what comes
 * after would no longer be all or nothing.
 */
export async function applySqlFile(client: pg.Client, file: SqlFile): Promise<void> {
  const before = await transactionId(client)
  try {
    await client.query(file.text)
  } catch (error) {
    throw error instanceof Error ? new SqlFileError(file, error) : error
  }
  if ((await transactionId(client)) !== before) {
    throw new SqlFileError(file, new Error('a file must not end the transaction'))
  }
}

async function transactionId(client: pg.Client): Promise<string | undefined> {
  const result = await client.query<{ id: string }>('select pg_current_xact_id()::text as id')
  return result.rows[0]?.id
}
