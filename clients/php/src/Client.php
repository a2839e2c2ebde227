<?php

declare(strict_types=1);

namespace Rowlock;

/** A client of one server: every operation of the API as a method. */
final class Client extends Operations
{
    /**
     * @param string $server such as `https://tickets.example.org`
     * @param ?string $key a key of an API client or operator, or somebody's access token
     * @param float $timeout how many seconds an attempt may hear nothing
     * @param int $retries how often a call that got no answer, or a 429 or 503, is repeated
     */
    public function __construct(
        string $server,
        #[\SensitiveParameter] ?string $key = null,
        float $timeout = 12.0,
        int $retries = 4,
    ) {
        parent::__construct(new Caller($server, $key, $timeout, $retries));
    }

    /**
     * A show's seats, again after every change, until you leave the loop.
     *
     * Goes on over lost connections, from where it was; a refusal that asking again cannot mend
     * throws RowlockException. No key is needed. It waits for the next change: give it a process of
     * its own.
     *
     * @param float $silence after how many seconds without a sign of life it connects again; the
     *     server gives one every 15
     * @return \Generator<int, ShowView>
     */
    public function watchShow(string $show, float $silence = 45.0): \Generator
    {
        return Follow::show($this->caller, $show, $silence);
    }

    /**
     * What happens in a show, oldest first, as webhooks are sent it, until you leave the loop.
     *
     * The key of each event is the `after` to store once you have handled it: give it to the next
     * call, and nothing is left out. An event may come again, with the same `id`. Goes on over lost
     * connections. Needs a key as `listEvents` does.
     *
     * @param ?string $after where to go on; from the beginning when left out
     * @param bool $untilNow end when there is nothing more, instead of waiting for what comes
     * @return \Generator<?string, array<string, mixed>>
     */
    public function events(
        string $show,
        ?string $after = null,
        bool $untilNow = false,
    ): \Generator {
        return Follow::events($this, $show, $after, $untilNow);
    }
}
