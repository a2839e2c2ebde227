<?php

declare(strict_types=1);

namespace Rowlock;

/** What happens in a show, over lost connections: its seats and its events. */
final class Follow
{
    private const WAIT_SECONDS = 20;
    private const EVENTS_AT_ONCE = 100;
    private const BACKOFF_FIRST = 0.5;
    private const BACKOFF_MAX = 15.0;

    /**
     * The view after each event of the stream.
     *
     * @return \Generator<int, ShowView>
     */
    public static function show(Caller $caller, string $show, float $silence): \Generator
    {
        $view = new ShowView();
        $path = '/v1/shows/{show}/stream';
        for ($failedCount = 0; ; $failedCount++) {
            $pause = 0.0;
            try {
                $after = ['after' => $view->version];
                $stream = $caller->stream($path, [$show], $after, $silence);
                foreach (self::eventsOf($stream) as [$kind, $data]) {
                    if ($kind === 'retry') {
                        $pause = (int) $data / 1000;
                    } elseif ($kind === 'snapshot' || $kind === 'change') {
                        $view->apply($kind, json_decode($data, true, 512, JSON_THROW_ON_ERROR));
                        [$failedCount, $pause] = [0, 0.0];
                        yield $view;
                    }
                }
            } catch (RowlockException $error) {
                $isOurs = $error->errorCode !== 'no_answer' && $error->status < 500;
                if ($isOurs && !Caller::isRetryable($error)) {
                    throw $error;
                }
                $pause = $error->details['retryAfterSeconds'] ?? 0;
            } catch (\JsonException) {
                // Something in between garbled it: the next connection begins where this one was.
            }
            self::sleep($pause, $failedCount);
        }
    }

    /**
     * Each event, under where to go on behind it.
     *
     * @return \Generator<?string, array<string, mixed>>
     */
    public static function events(
        Client $client,
        string $show,
        ?string $after,
        bool $untilNow,
    ): \Generator {
        $query = ['wait' => $untilNow ? 0 : self::WAIT_SECONDS, 'limit' => self::EVENTS_AT_ONCE];
        for ($failedCount = 0; ; ) {
            try {
                $page = $client->listEvents($show, ['after' => $after] + $query);
            } catch (RowlockException $error) {
                if (!Caller::isRetryable($error)) {
                    throw $error;
                }
                self::sleep(0, $failedCount++);
                continue;
            }
            $failedCount = 0;
            $last = array_pop($page['events']);
            foreach ($page['events'] as $event) {
                yield $after => $event;
            }
            $after = $page['after'];
            if ($last !== null) {
                yield $after => $last;
            } elseif ($untilNow) {
                return;
            }
        }
    }

    /**
     * Type and data of each event; one that is not finished is dropped, as it must be.
     *
     * @param resource $stream
     * @return \Generator<int, array{string, string}>
     */
    private static function eventsOf($stream): \Generator
    {
        try {
            [$kind, $data] = ['', ''];
            while (($line = fgets($stream)) !== false) {
                $line = rtrim($line, "\r\n");
                [$name, $value] = explode(':', $line, 2) + [1 => ''];
                $value = str_starts_with($value, ' ') ? substr($value, 1) : $value;
                if ($line === '') {
                    if ($data !== '') {
                        yield [$kind, $data];
                    }
                    [$kind, $data] = ['', ''];
                } elseif ($name === 'event') {
                    $kind = $value;
                } elseif ($name === 'data') {
                    $data .= $value;
                } elseif ($name === 'retry') {
                    yield [$name, $value];
                }
            }
        } finally {
            fclose($stream);
        }
    }

    private static function sleep(float $pause, int $failedCount): void
    {
        $backoff = Caller::backoff($failedCount, self::BACKOFF_FIRST, self::BACKOFF_MAX);
        usleep((int) (($pause + $backoff) * 1_000_000));
    }
}
