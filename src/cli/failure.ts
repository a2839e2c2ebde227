import {
  BinariesError,
  CitusMissingError,
  ClusterError,
  ConnectError,
  classify,
  DataDirectoryError,
  DirectoryInUseError,
  MigrationRefusedError,
  MovableClockError,
  messageOf,
  NoAccountError,
  NoSynchronousStandbyError,
  ReadOnlyServerError,
  sqlstateOf,
  UnsafeDurabilityError,
  UnsupportedServerError,
  WrongPrimaryError,
} from '../db/index.ts'
import { type Mistake, Refusal, type RefusalDetails } from '../protocol/index.ts'
import { ConfigurationError } from './configuration/read-configuration.ts'
import type { Ending } from './exit-codes.ts'
import { Interruption } from './interruption.ts'

/** Reason why a command did not do what it was asked, as a message for the person who asked. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly ending: Ending
  readonly mistakes: readonly Mistake[]

  constructor(ending: Ending, message: string, mistakes: readonly Mistake[] = []) {
    super(message)
    this.ending = ending
    this.mistakes = mistakes
  }
}

/** Facts that are told about an error, in words and with `--json`. */
export interface Failure {
  readonly ending: Ending
  /** A refusal's code, or the ending. */
  readonly code: string
  readonly message: string
  readonly mistakes?: readonly Mistake[]
  /** The details of a refusal. */
  readonly details?: RefusalDetails
  /** Stack of an error that is a bug of ours. */
  readonly stack?: string
}

/** The one place that tells how each error ends a command. */
export function failureOf(error: unknown): Failure {
  if (error instanceof Refusal) return refusalFailure(error)
  if (error instanceof CommandError) {
    const { ending, message, mistakes } = error
    return { ending, code: ending, message, ...(mistakes.length > 0 && { mistakes }) }
  }
  if (error instanceof ConfigurationError) {
    const mistakes = error.problems.map(({ name, message }) => ({ path: name, message }))
    return { ending: 'usage', code: 'usage', message: 'The configuration is not valid.', mistakes }
  }
  if (error instanceof Interruption) {
    const ending = error.signal === 'SIGINT' ? 'interrupted' : 'terminated'
    return { ending, code: ending, message: `Ended by ${error.signal}.` }
  }
  return worldFailure(error)
}

function refusalFailure(error: Refusal): Failure {
  const { code, details, message } = error
  const { mistakes, ...others } = details
  const ending = code === 'unavailable' ? 'unreachable' : mistakes ? 'usage' : 'refused'
  return { ending, code, message, ...(mistakes && { mistakes }), details: others }
}

/** Errors of the world outside, each under the ending that says who has to do something. */
const OF_THE_WORLD: readonly [Ending, readonly (new (...args: never[]) => Error)[]][] = [
  ['taken', [DirectoryInUseError]],
  [
    'unfit',
    [
      CitusMissingError,
      MigrationRefusedError,
      MovableClockError,
      NoSynchronousStandbyError,
      UnsafeDurabilityError,
      UnsupportedServerError,
    ],
  ],
  ['unreachable', [ClusterError, BinariesError, ReadOnlyServerError, WrongPrimaryError]],
  ['usage', [DataDirectoryError, NoAccountError]],
]

function worldFailure(error: unknown): Failure {
  const message = messageOf(error) + adviceOn(error)
  for (const [ending, kinds] of OF_THE_WORLD) {
    if (kinds.some((kind) => error instanceof kind)) return { ending, code: ending, message }
  }
  const file = fileProblem(error)
  if (file !== null) return { ...file, code: file.ending }
  if (error instanceof ConnectError || classify(error) !== 'bug') {
    const code = 'unreachable'
    return { ending: code, code, message: `The database cannot be reached: ${message}` }
  }
  if (sqlstateOf(error) === '42501') {
    return { ending: 'unfit', code: 'unfit', message: `${message}. ${adviceOnRights(message)}` }
  }
  const stack = error instanceof Error ? (error.stack ?? '') : ''
  return { ending: 'mistake', code: 'mistake', message, stack }
}

/** Problems that the system has with files, in words. */
const FILE_PROBLEMS: Readonly<Record<string, readonly [Ending, string]>> = {
  EACCES: ['usage', 'You are not allowed to use'],
  EDQUOT: ['unreachable', 'Your disk quota is used up: nothing can be written to'],
  EISDIR: ['usage', 'This must be a file, but it is a directory:'],
  ENOENT: ['usage', 'There is no file'],
  ENOSPC: ['unreachable', 'The disk is full: nothing can be written to'],
  ENOTDIR: ['usage', 'A part of this path is a file, not a directory:'],
  EPERM: ['usage', 'You are not allowed to use'],
  EROFS: ['usage', 'The file system is read-only: nothing can be written to'],
}

function fileProblem(error: unknown, file?: string): Pick<Failure, 'ending' | 'message'> | null {
  const { code = '', path = file } = error as { code?: string; path?: string }
  const problem = FILE_PROBLEMS[code]
  if (problem === undefined || classify(error) !== 'bug' || path === undefined) return null
  const [ending, message] = problem
  return { ending, message: `${message} ${path}.` }
}

/** Says in those words what is wrong with a file that was asked for by name. */
export function fileMessage(error: unknown, file: string): string {
  return fileProblem(error, file)?.message ?? messageOf(error)
}

/** Rights are given by somebody else, so the advice is what to ask for. */
function adviceOnRights(message: string): string {
  if (message.includes('create role')) {
    return 'Have a superuser do it once: create role rowlock_server nologin.'
  }
  return (
    'Have the owner migrate (ROWLOCK_MIGRATION_URL), and grant rowlock_server to the user of ' +
    'DATABASE_URL.'
  )
}

/** The layers below do not know how they are configured. */
function adviceOn(error: unknown): string {
  if (error instanceof UnsafeDurabilityError) {
    return ' For a trial, set ROWLOCK_ALLOW_UNSAFE_DURABILITY=true.'
  }
  const isDirectory = error instanceof DirectoryInUseError || error instanceof DataDirectoryError
  return isDirectory ? ' ROWLOCK_DATA_DIR says which.' : ''
}
