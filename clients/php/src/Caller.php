<?php

declare(strict_types=1);

namespace Rowlock;

/** Sends calls until they are answered. All attempts of a write carry one idempotency key. */
final class Caller
{
    /** 0 is no answer at all. */
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
        // A server that is asked to wait for something is silent for as long.
        $silent = ($timeout ?? $this->timeout) + ($query['wait'] ?? 0);
        $context = $this->context($method, $body, $key, $silent);
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
     * An answer that goes on, to be read and closed. Throws RowlockException.
     *
     * @param list<string> $names
     * @param array<string, mixed> $query
     * @return resource
     */
    public function stream(string $path, array $names, array $query, float $timeout)
    {
        $url = $this->server . self::filled($path, $names) . self::queryOf($query);
        $context = $this->context('GET', [], null, $timeout, 'text/event-stream');
        $stream = @fopen($url, 'rb', false, $context);
        if ($stream === false) {
            $why = error_get_last()['message'] ?? 'no connection';
            throw self::noAnswer("The server did not answer: {$why}", 0, null);
        }
        [$status, $headers] = self::headersOf(stream_get_meta_data($stream)['wrapper_data'] ?? []);
        if ($status >= 300) {
            $body = json_decode((string) stream_get_contents($stream), true);
            fclose($stream);
            throw self::refusal($status, $headers, $body, null);
        }
        return $stream;
    }

    /** Whether the same request may be answered otherwise a little later. */
    public static function isRetryable(RowlockException $error): bool
    {
        return in_array($error->status, self::RETRYABLE, true);
    }

    /** A random pause in seconds, so that those who failed together do not come back together. */
    public static function backoff(int $failedCount, float $first, float $most): float
    {
        return min($most, $first * 2 ** min($failedCount, 30)) * mt_rand() / mt_getrandmax();
    }

    /**
     * @param array<string, mixed> $body
     * @return resource
     */
    private function context(
        string $method,
        array $body,
        ?string $key,
        float $timeout,
        string $accept = 'application/json',
    ) {
        $headers = ["Accept: {$accept}", 'Connection: close'];
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
        if (!self::isRetryable($error) || $failedCount >= $this->retries) {
            return null;
        }
        $asked = $error->details['retryAfterSeconds'] ?? 0;
        if ($asked > self::RETRY_AFTER_MAX) {
            return null;
        }
        return $asked + self::backoff($failedCount, self::BACKOFF_FIRST, self::BACKOFF_MAX);
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
