import { foundBy, type Mutant, mutant } from './mutant.ts'

/** Mistakes in which sessions count: of all that ask, one place says it. */
export const SESSIONS: readonly Mutant[] = foundBy(
  ['auth/sessions'],
  [
    mutant(
      'people_sessions',
      'an ended session counts',
      'select (p_session).ended_at is null',
      'select true',
    ),
    mutant(
      'people_sessions',
      'a session counts for ever',
      'and (p_session).expires_at > p_now',
      'and true',
    ),
    mutant(
      'people_sessions',
      'a session may lie idle',
      'and (p_session).idle_until > p_now',
      'and true',
    ),
  ],
)
