import type { ConnectionTarget } from './connection.ts'

/** The user that a target logs in as, where it says so. */
export function loginOf(target: ConnectionTarget): string | undefined {
  if (typeof target !== 'string') {
    return target.user ?? (target.connectionString && loginOf(target.connectionString))
  }
  const [, user] = /^\w+:\/\/([^/:@?]+)(?::[^/@?]*)?@/.exec(target) ?? []
  return user === undefined ? undefined : decodeURIComponent(user)
}
