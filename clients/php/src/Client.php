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
}
