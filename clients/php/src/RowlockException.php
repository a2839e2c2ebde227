<?php

declare(strict_types=1);

namespace Rowlock;

/**
 * A call that did not get what it asked for. Decide by `errorCode`: one of the server's, or
 * `no_answer` when none came in spite of all retries. Then `idempotencyKey` is what to ask again
 * with: the command may or may not have been done.
 */
final class RowlockException extends \RuntimeException
{
    /**
     * @param int $status HTTP status; 0 without an answer
     * @param array<string, mixed> $details which seats were in the way, which limit was met
     * @param ?string $requestId what to tell the operator of the server: its log has it, too
     * @param ?string $idempotencyKey of the write that failed; null for reads
     */
    public function __construct(
        public readonly string $errorCode,
        string $message,
        public readonly int $status = 0,
        public readonly array $details = [],
        public readonly ?string $requestId = null,
        public readonly ?string $idempotencyKey = null,
    ) {
        parent::__construct($message);
    }
}
