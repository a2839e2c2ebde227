export { CitusMissingError } from './citus/distribute.ts'
export { type CitusNode, type CitusStatus, readCitusStatus } from './citus/status.ts'
export { ConnectError, messageOf } from './connect-error.ts'
export {
  type ConnectionLimits,
  type ConnectionTarget,
  connectClient,
  DEFAULT_LIMITS,
  toClientConfig,
} from './connection.ts'
export {
  type Database,
  type DatabaseSettings,
  type DatabaseStatus,
  openDatabase,
} from './database.ts'
export { type DatabaseHealth, readDatabaseHealth } from './database-health.ts'
export { areOff, type Durability, readDurability, UnsafeDurabilityError } from './durability.ts'
export { NoAccountError } from './embedded/account.ts'
export { BinariesError } from './embedded/binaries.ts'
export { ClusterError } from './embedded/cluster.ts'
export { DataDirectoryError } from './embedded/data-directory.ts'
export { DirectoryInUseError } from './embedded/directory-lock.ts'
export { type EmbeddedDatabase, type EmbeddedSettings, startEmbedded } from './embedded.ts'
export {
  type FailureCount,
  type FailurePlace,
  Failures,
  type ToldFailure,
} from './failures.ts'
export { type Fitness, readFitness } from './fitness.ts'
export { placeOf, unfitAttributes, urlsOf } from './hosts.ts'
export { loginOf } from './login-of.ts'
export {
  type MigrateOptions,
  type MigrateResult,
  MigrationRefusedError,
  migrate,
  migrationStatus,
} from './migrate.ts'
export type { MigrationStatus } from './migration-status.ts'
export {
  type ClockReading,
  type MovableClock,
  MovableClockError,
  makeClockMovable,
} from './movable-clock.ts'
export { NoSynchronousStandbyError, WrongPrimaryError } from './primary.ts'
export { ReadOnlyServerError, SHARED_ROLE, UnsupportedServerError } from './server-traits.ts'
export { type SharedDatabase, shareEmbedded } from './share-embedded.ts'
export { readSqlFiles } from './sql-files.ts'
export { classify, type FailureKind, isDiskFull, sqlstateOf, WAS_DONE } from './sqlstate.ts'
export { mayGainRights, mayWriteTables } from './table-rights.ts'
