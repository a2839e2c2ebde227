<?php

declare(strict_types=1);

namespace Rowlock;

/** Sends calls until they are answered. All attempts of a write carry one idempotency key. */
final class Caller
{
    /** Whether the same request may be answered otherwise a little later; 0 is no answer at all. */
    private const RETRYABLE = [0, 408, 429, 502, 503, 504];
    private const BACKOFF_FIRST = 0.25;
    private const BACKOFF_MAX = 5.0;
    /** Whoever is told to come back later than this is told so, instead of waiting. */
    private const RETRY_AFTER_MAX = 30.0;
    private const FACTS = ['detail', 'seats', 'mistakes', 'limit', 'booking'];

    private readonly string $server;

    public function __construct(
        string $server,
        #[\SensitiveParameter] private readonly ?string $key,
        private readonly float $timeout,
        private readonly int $retries,
    ) {
        $this->server = rtrim($server, '/');
    }

    /**
     * A list, whose pages are asked for as they are needed.
     *
     * @param list<string> $names
     * @param array<string, mixed> $query
     */
    public function pages(
        string $method,
        string $path,
        array $names,
        array $query = [],
        ?float $timeout = null,
    ): Pages {
        return new Pages(fn (?string $cursor) => $this->send(
            $method,
            $path,
            $names,
            query: ['cursor' => $cursor] + $query,
            timeout: $timeout,
        ));
    }

    /**
     * The answer. Throws RowlockException.
     *
     * @param list<string> $names
     * @param array<string, mixed> $query
     * @param array<string, mixed> $body
     * @return array<string, mixed>
     */
    public function send(
        string $method,
        string $path,
        array $names,
        array $query = [],
        array $body = [],
        ?string $idempotencyKey = null,
        ?float $timeout = null,
    ): array {
        $key = $method === 'GET' ? null : ($idempotencyKey ?? self::uuid());
        $url = $this->server . self::filled($path, $names) . self::queryOf($query);
        $context = $this->context($method, $body, $key, $timeout ?? $this->timeout);
        for ($failedCount = 0; ; $failedCount++) {
            $answer = self::attempt($url, $context, $key);
            if (is_array($answer)) {
                return $answer;
            }
            $wait = $this->wait($answer, $failedCount);
            if ($wait === null) {
                throw $answer;
            }
            usleep((int) ($wait * 1_000_000));
        }
    }

    /**
     * @param array<string, mixed> $body
     * @return resource
     */
    private function context(string $method, array $body, ?string $key, float $timeout)
    {
        $headers = ['Accept: application/json', 'Connection: close'];
        if ($this->key !== null) {
            $headers[] = "Authorization: Bearer {$this->key}";
        }
        $http = ['method' => $method, 'timeout' => $timeout, 'protocol_version' => 1.1];
        if ($key !== null) {
            $headers[] = "Idempotency-Key: {$key}";
            $headers[] = 'Content-Type: application/json';
            $flags = JSON_THROW_ON_ERROR | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE;
            $http['content'] = json_encode((object) $body, $flags);
        }
        // The API sends nobody elsewhere; whoever else does must not be shown the key.
        $http += ['header' => $headers, 'ignore_errors' => true, 'follow_location' => 0];
        return stream_context_create(['http' => $http]);
    }

    /**
     * @param resource $context
     * @return array<string, mixed>|RowlockException
     */
    private static function attempt(string $url, $context, ?string $key): array|RowlockException
    {
        $stream = @fopen($url, 'rb', false, $context);
        if ($stream === false) {
            $why = error_get_last()['message'] ?? 'no connection';
            return self::noAnswer("The server did not answer: {$why}", 0, $key);
        }
        try {
            $text = (string) stream_get_contents($stream);
            $read = stream_get_meta_data($stream);
        } finally {
            fclose($stream);
        }
        [$status, $headers] = self::headersOf($read['wrapper_data'] ?? []);
        $body = json_decode($text, true);
        // What broke off is half a document, which is none.
        if ($read['timed_out'] || ($status < 300 && !is_array($body))) {
            return self::noAnswer('The server did not answer: its answer broke off.', 0, $key);
        }
        return $status < 300 ? $body : self::refusal($status, $headers, $body, $key);
    }

    /**
     * @param array<string, string> $headers
     */
    private static function refusal(
        int $status,
        array $headers,
        mixed $body,
        ?string $key,
    ): RowlockException {
        // An answer without a code did not come from Rowlock, but from something in between.
        if (!is_array($body) || !is_string($body['code'] ?? null)) {
            $message = "Answered with status {$status}, but not by a Rowlock server.";
            return self::noAnswer($message, $status, $key);
        }
        $details = array_intersect_key($body, array_flip(self::FACTS));
        $retryAfter = self::retryAfter($headers['retry-after'] ?? null);
        if ($retryAfter > 0) {
            $details['retryAfterSeconds'] = $retryAfter;
        }
        return new RowlockException(
            $body['code'],
            $body['detail'] ?? $body['title'] ?? $body['code'],
            $status,
            $details,
            $body['requestId'] ?? $headers['x-request-id'] ?? null,
            $key,
        );
    }

    private static function noAnswer(string $message, int $status, ?string $key): RowlockException
    {
        return new RowlockException('no_answer', $message, $status, idempotencyKey: $key);
    }

    /** Seconds until the next attempt, or null when there is to be none. */
    private function wait(RowlockException $error, int $failedCount): ?float
    {
        if (!in_array($error->status, self::RETRYABLE, true) || $failedCount >= $this->retries) {
            return null;
        }
        $asked = $error->details['retryAfterSeconds'] ?? 0;
        if ($asked > self::RETRY_AFTER_MAX) {
            return null;
        }
        $bound = min(self::BACKOFF_MAX, self::BACKOFF_FIRST * 2 ** min($failedCount, 30));
        return $asked + $bound * mt_rand() / mt_getrandmax();
    }

    /**
     * @param list<string> $lines
     * @return array{int, array<string, string>}
     */
    private static function headersOf(array $lines): array
    {
        $status = 0;
        $headers = [];
        foreach ($lines as $line) {
            if (preg_match('#^HTTP/\S+ (\d{3})#', $line, $found) === 1) {
                [$status, $headers] = [(int) $found[1], []];
            } elseif (str_contains($line, ':')) {
                [$name, $value] = explode(':', $line, 2);
                $headers[strtolower($name)] = trim($value);
            }
        }
        return [$status, $headers];
    }

    /** Seconds, or a date; 0 without one. */
    private static function retryAfter(?string $value): float
    {
        if ($value === null) {
            return 0;
        }
        if (is_numeric($value)) {
            return max(0, (float) $value);
        }
        $at = strtotime($value);
        return $at === false ? 0 : max(0, $at - time());
    }

    /** @param list<string> $names */
    private static function filled(string $path, array $names): string
    {
        return preg_replace_callback('/\{\w+\}/', function () use (&$names): string {
            return rawurlencode((string) array_shift($names));
        }, $path);
    }

    /** @param array<string, mixed> $query */
    private static function queryOf(array $query): string
    {
        $said = array_map(
            fn (mixed $value) => is_bool($value) ? ($value ? 'true' : 'false') : $value,
            array_filter($query, fn (mixed $value) => $value !== null),
        );
        return $said === [] ? '' : '?' . http_build_query($said);
    }

    private static function uuid(): string
    {
        $bytes = random_bytes(16);
        $bytes[6] = chr(ord($bytes[6]) & 0x0f | 0x40);
        $bytes[8] = chr(ord($bytes[8]) & 0x3f | 0x80);
        return vsprintf('%s%s-%s-%s-%s-%s%s%s', str_split(bin2hex($bytes), 4));
    }
}
