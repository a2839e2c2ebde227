/** Bounds that both sides know. Sizes are counts or characters, times in the unit of the name. */
export const LIMITS = {
  /** Seats that one command may name, whatever the show allows. */
  seatsPerCommandMax: 1_000,
  /** Seats of one plan. */
  seatsPerPlanMax: 100_000,
  /**
   * Characters of a seat's label: the names of its section, its row and its number, with room
   * between.
   */
  labelLengthMax: 160,
  /** Characters of a row's name, and of a seat's number. */
  partLengthMax: 40,
  /** Labels of a query, which have to fit into the address of a request. */
  seatsQueryLengthMax: 8_000,
  keyLengthMax: 100,
  titleLengthMax: 200,
  holderLengthMax: 120,
  referenceLengthMax: 200,
  reasonLengthMax: 200,
  /**
   * Bounds of `metadata`: its keys, the length of each and of each value, and of all of them
   * together.
   */
  metadataKeysMax: 20,
  metadataKeyLengthMax: 40,
  metadataValueLengthMax: 500,
  metadataLengthMax: 4_000,
  /** Default policy of a show. */
  holdSecondsDefault: 600,
  holdSecondsMin: 1,
  holdSecondsMax: 1_800,
  /** Longest life of a hold over all its extensions, unless the show says otherwise. */
  holdLifeSecondsDefault: 3_600,
  holdLifeSecondsMax: 86_400,
  seatsPerHoldDefault: 10,
  /** A request has a definite answer, or `outcome_unknown`, after this time. */
  deadlineMs: 10_000,
  showsPerRepeatMax: 100,
  /** Clocks of all zones differ by a multiple of it. */
  zoneStepSeconds: 900,
  pageLimitDefault: 100,
  pageLimitMax: 1_000,
  bodyBytesMax: 1_048_576,
  /** A seating plan file may be larger than any other body. */
  planBytesMax: 33_554_432,
  idempotencyKeyLengthMax: 255,
  /** A key nobody can guess or share by accident: anonymous callers have nothing else. */
  idempotencyKeyLengthMinAnonymous: 20,
  nameLengthMax: 200,
  emailLengthMax: 254,
  phoneLengthMax: 40,
  passwordLengthMin: 10,
  passwordLengthMax: 200,
  /**
   * Length of what may be sent as a password or a token at all; hashing longer ones would be a
   * burden.
   */
  credentialLengthMax: 1_000,
  /** Codes of a second factor, and recovery codes. */
  codeLengthMax: 40,
  passkeyNameLengthMax: 60,
  /**
   * Characters that browsers send of passkeys, in base64url. An id has 1,023 bytes at most; keys
   * of the largest kind there is sign with some 5 kB, and attestations that nobody asked for may
   * have chains of certificates.
   */
  passkeyIdLengthMax: 1_364,
  clientDataLengthMax: 4_000,
  authenticatorDataLengthMax: 4_000,
  signatureLengthMax: 8_000,
  attestationLengthMax: 40_000,
  /** Milliseconds for which browsers may ask for a passkey. */
  passkeyTimeoutMs: 300_000,
  /** Seconds for which another server may still honour what was revoked on this one. */
  revocationSecondsMax: 5,
  showsPerKeyMax: 1_000,
  urlLengthMax: 2_000,
  overlapSecondsDefault: 86_400,
  overlapSecondsMax: 2_592_000,
} as const
