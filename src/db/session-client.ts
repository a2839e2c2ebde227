import pg from 'pg'

declare module 'pg' {
  interface Client {
    /** The start-up packet. Not in the driver's documentation; a test sees whether it is heeded. */
    getStartupConf(): Record<string, string>
  }
}

/**
 * Settings that every session relies on: how instants and texts come and go. Said at the start of a
 * session, it wins over what is set for the database or the login, and PgBouncer, which knows just
 * these, keeps them for each of its clients.
 */
const SESSION = { DateStyle: 'ISO, MDY', TimeZone: 'UTC', standard_conforming_strings: 'on' }

/** The driver's client, with sessions as our statements expect them. */
export class SessionClient extends pg.Client {
  override getStartupConf(): Record<string, string> {
    // PGREPLICATION would make a session of another kind.
    const { replication: _, ...startup } = super.getStartupConf()
    return { ...startup, ...SESSION }
  }
}
