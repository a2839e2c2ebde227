<?php

// Made from openapi.json by `npm run clients`: change the contract.

declare(strict_types=1);

namespace Rowlock;

/** Every operation of the API. All throw RowlockException for a refusal. */
abstract class Operations
{
    public function __construct(protected readonly Caller $caller)
    {
    }

    /**
     * Create a webhook.
     *
     * Every event is sent to `url` as a signed POST (Standard Webhooks): `hold.created`,
     * `booking.created` and so on, of all shows or some. You see the `secret` that signs them only
     * in this answer. Everything that happens from now on is delivered at least once.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * @param array{url: string, events?: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>, shows?: list<string>, description?: string} $body
     * @return array{id: string, url: string, events: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows: list<string>|null, description: string|null, status: 'enabled'|'disabled', disabledWhy: string|null, failingSince: string|null, waiting: int, createdAt: string, secret: string}
     */
    public function createWebhook(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/webhooks',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List webhooks.
     *
     * A partner sees its own.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * In $query:
     * - limit: The most items a page may have.
     *
     * @param array{limit?: int} $query
     * @return Pages<array{id: string, url: string, events: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows: list<string>|null, description: string|null, status: 'enabled'|'disabled', disabledWhy: string|null, failingSince: string|null, waiting: int, createdAt: string}>
     */
    public function listWebhooks(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/webhooks',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Get a webhook.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * @return array{id: string, url: string, events: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows: list<string>|null, description: string|null, status: 'enabled'|'disabled', disabledWhy: string|null, failingSince: string|null, waiting: int, createdAt: string}
     */
    public function getWebhook(string $webhook, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/webhooks/{webhook}',
            [$webhook],
            timeout: $timeout,
        );
    }

    /**
     * Change, disable or enable a webhook.
     *
     * While it is disabled, nothing is sent; enabled again, it resumes where it stopped. Repeating
     * the call has the same effect.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * @param array{url?: string, events?: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows?: list<string>|null, description?: string|null, disabled?: bool} $body
     * @return array{id: string, url: string, events: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows: list<string>|null, description: string|null, status: 'enabled'|'disabled', disabledWhy: string|null, failingSince: string|null, waiting: int, createdAt: string}
     */
    public function changeWebhook(string $webhook, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/webhooks/{webhook}',
            [$webhook],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Delete a webhook.
     *
     * Returns the webhook as it was. Events waiting for it are dropped.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * @param array{} $body
     * @return array{id: string, url: string, events: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows: list<string>|null, description: string|null, status: 'enabled'|'disabled', disabledWhy: string|null, failingSince: string|null, waiting: int, createdAt: string}
     */
    public function deleteWebhook(string $webhook, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/webhooks/{webhook}/delete',
            [$webhook],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Give a webhook a new secret.
     *
     * For `overlapSeconds` (a day by default), each delivery is signed with both secrets, so that
     * you can switch without a gap.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * @param array{overlapSeconds?: int} $body
     * @return array{id: string, url: string, events: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows: list<string>|null, description: string|null, status: 'enabled'|'disabled', disabledWhy: string|null, failingSince: string|null, waiting: int, createdAt: string, secret: string}
     */
    public function rotateWebhookSecret(string $webhook, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/webhooks/{webhook}/rotate',
            [$webhook],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List deliveries of a webhook.
     *
     * Those that failed and will be retried, those that were given up, and the latest that
     * arrived.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - state: Only deliveries in this state.
     *
     * @param array{limit?: int, state?: 'waiting'|'delivered'|'failed'} $query
     * @return Pages<array{event: string, type: 'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test', show: string|null, version: int|null, state: 'waiting'|'delivered'|'failed', tries: int, at: string, nextAt: string|null, status: int|null, answer: string|null, error: string|null, tookMs: int|null}>
     */
    public function listWebhookDeliveries(string $webhook, array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/webhooks/{webhook}/deliveries',
            [$webhook],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Deliver events of a show again.
     *
     * Everything after a version, in order. Receivers recognise duplicates by `webhook-id`.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * @param array{show: string, after?: int} $body
     * @return array{id: string, url: string, events: list<'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test'>|null, shows: list<string>|null, description: string|null, status: 'enabled'|'disabled', disabledWhy: string|null, failingSince: string|null, waiting: int, createdAt: string}
     */
    public function replayWebhook(string $webhook, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/webhooks/{webhook}/replay',
            [$webhook],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Send a test event.
     *
     * Sends a signed `webhook.test` now, and returns the response.
     *
     * Needs an operator or an API key with the scope webhooks.
     *
     * @param array{} $body
     * @return array{event: string, type: 'hold.created'|'hold.extended'|'hold.changed'|'hold.released'|'hold.expired'|'booking.created'|'booking.changed'|'booking.cancelled'|'booking.transferred'|'booking.left'|'block.created'|'block.changed'|'block.released'|'show.created'|'show.changed'|'show.cancelled'|'webhook.test', show: string|null, version: int|null, state: 'waiting'|'delivered'|'failed', tries: int, at: string, nextAt: string|null, status: int|null, answer: string|null, error: string|null, tookMs: int|null}
     */
    public function testWebhook(string $webhook, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/webhooks/{webhook}/test',
            [$webhook],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List events of a show, or wait for some.
     *
     * The same events that webhooks are sent, for systems that would rather poll. Pass the `after`
     * of the previous page, and `wait` to get an answer as soon as something happens. An `after`
     * from a history that a restore of the database has undone is refused.
     *
     * Needs the box office, an operator or an API key with the scope webhooks.
     *
     * In $query:
     * - after: The `after` of the page before, or a version from before any restore of the
     *   database. From the beginning when left out.
     * - wait: Seconds to wait for an event when there is none.
     * - limit: The most events to return.
     *
     * @param array{after?: string, wait?: int, limit?: int} $query
     * @return array{events: list<array<string, mixed>>, after: string}
     */
    public function listEvents(string $show, array $query = [], ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/events',
            [$show],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Create a venue.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{name: string, timeZone?: string} $body
     * @return array{id: string, name: string, timeZone: string|null, retiredAt: string|null, createdAt: string}
     */
    public function createVenue(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/venues',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List venues.
     *
     * In the order of their ids. Retired ones only if you ask for them.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - retired: Retired venues, those that are not (the default), or all.
     *
     * @param array{limit?: int, retired?: 'true'|'false'|'all'} $query
     * @return Pages<array{id: string, name: string, timeZone: string|null, retiredAt: string|null, createdAt: string}>
     */
    public function listVenues(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/venues',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Get a venue.
     *
     * @return array{id: string, name: string, timeZone: string|null, retiredAt: string|null, createdAt: string}
     */
    public function getVenue(string $venue, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/venues/{venue}',
            [$venue],
            timeout: $timeout,
        );
    }

    /**
     * Rename a venue, change its time zone, or retire it.
     *
     * Only the fields you send change. With a new time zone, shows still start at the same
     * instant. A retired venue takes no new plans or shows; its shows carry on.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{name?: string, timeZone?: string, retired?: bool} $body
     * @return array{id: string, name: string, timeZone: string|null, retiredAt: string|null, createdAt: string}
     */
    public function changeVenue(string $venue, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/venues/{venue}',
            [$venue],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List the plans of a venue.
     *
     * In the order in which they were created. Retired ones only if you ask for them.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - retired: Retired plans, those that are not (the default), or all.
     *
     * @param array{limit?: int, retired?: 'true'|'false'|'all'} $query
     * @return Pages<array{id: string, venue: string, name: string, seatCount: int, showCount: int, retiredAt: string|null, createdAt: string}>
     */
    public function listPlans(string $venue, array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/venues/{venue}/plans',
            [$venue],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Create a plan.
     *
     * From a grid, our own JSON, CSV, a pretix seating plan or a seats.io drawing. `source` is the
     * document itself; if you leave out its format, it is detected. You can also send a CSV file
     * as it is, as `text/csv`. All or nothing: a refusal lists every mistake and where it is. The
     * answer says what was understood, and warns of anything that may not be intended.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * In $query:
     * - name: The name of the plan, where the body has no room for it.
     * - ignoreUnknownColumns: `text/csv`: ignore unknown columns, with a warning.
     * - focalPoint: `text/csv`: the side of the stage.
     *
     * @param array{format?: 'grid'|'rowlock'|'csv'|'pretix'|'seatsio', name?: string, source: mixed, columns?: array<string, string>, ignoreUnknownColumns?: bool, focalPoint?: 'top'|'right'|'bottom'|'left'|array<string, mixed>} $body
     * @param array{name?: string, ignoreUnknownColumns?: bool, focalPoint?: 'top'|'right'|'bottom'|'left'} $query
     * @return array{id: string, venue: string|null, name: string, seatCount: int, categories: list<array<string, mixed>>, sections: list<array<string, mixed>>, retiredAt: string|null, createdAt: string, summary: array<string, mixed>, warnings: list<array<string, mixed>>}
     */
    public function createPlan(string $venue, array $body, array $query = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/venues/{venue}/plans',
            [$venue],
            query: $query,
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Rename a plan, or retire it.
     *
     * A retired plan takes no new shows; its existing shows carry on. Its seats never change: to
     * change them, create another plan.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{name?: string, retired?: bool} $body
     * @return array{id: string, venue: string|null, name: string, seatCount: int, categories: list<array<string, mixed>>, sections: list<array<string, mixed>>, retiredAt: string|null, createdAt: string}
     */
    public function changePlan(string $plan, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/plans/{plan}',
            [$plan],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Get a plan, or export it.
     *
     * Without a format: a summary of the plan. With one: the whole plan as a file, for callers
     * with credentials. `rowlock` loses nothing; `csv` and `pretix` lose what those formats cannot
     * express. In `csv`, cells that a spreadsheet would run as formulas begin with `'`, which our
     * importer removes again.
     *
     * @return array{id: string, venue: string|null, name: string, seatCount: int, categories: list<array<string, mixed>>, sections: list<array<string, mixed>>, retiredAt: string|null, createdAt: string}|array<string, mixed>
     */
    public function getPlan(string $plan, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/plans/{plan}',
            [$plan],
            timeout: $timeout,
        );
    }

    /**
     * Create a show.
     *
     * On a venue's plan, or with seats of its own: a grid or a list of labels. Creating the same
     * show again is fine; another show under the same key is refused.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{key: string, title: string, startsAt: string, plan?: string, seats?: array<string, mixed>|list<string>, salesFrom?: string|null, salesUntil?: string|null, sellAfterStart?: bool, holdSeconds?: int, holdSecondsMax?: int, holdLifeSecondsMax?: int, maxSeatsPerHold?: int, maxSeatsPerHolder?: int|null, refuseOrphans?: bool, cancellable?: bool, confirmBy?: 'holder'|'seller'} $body
     * @return array{key: string, title: string, startsAt: string, venue: string|null, timeZone: string|null, plan: string, seatCount: int, salesFrom: string|null, salesUntil: string|null, sellAfterStart: bool, holdSeconds: int, holdSecondsMax: int, holdLifeSecondsMax: int, maxSeatsPerHold: int, maxSeatsPerHolder: int|null, refuseOrphans: bool, cancellable: bool, confirmBy: 'holder'|'seller', cancelledAt: string|null, archivedAt: string|null, createdAt: string, summary?: array<string, mixed>, warnings?: list<array<string, mixed>>}
     */
    public function createShow(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List shows.
     *
     * In the order in which they start. Archived ones only if you ask for them.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - venue: Only shows at the venue with this id.
     * - startsAfter: Only shows that start at this instant or later.
     * - startsBefore: Only shows that start before this instant.
     * - archived: Shows that are archived, those that are not, or all of them.
     *
     * @param array{limit?: int, venue?: string, startsAfter?: string, startsBefore?: string, archived?: 'true'|'false'|'all'} $query
     * @return Pages<array{key: string, title: string, startsAt: string, venue: string|null, timeZone: string|null, plan: string, seatCount: int, salesFrom: string|null, salesUntil: string|null, sellAfterStart: bool, holdSeconds: int, holdSecondsMax: int, holdLifeSecondsMax: int, maxSeatsPerHold: int, maxSeatsPerHolder: int|null, refuseOrphans: bool, cancellable: bool, confirmBy: 'holder'|'seller', cancelledAt: string|null, archivedAt: string|null, createdAt: string}>
     */
    public function listShows(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/shows',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Change the terms of a show, cancel or archive it.
     *
     * Only the fields you send change. Existing holds keep their time.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{title?: string, startsAt?: string, salesFrom?: string|null, salesUntil?: string|null, sellAfterStart?: bool, holdSeconds?: int, holdSecondsMax?: int, holdLifeSecondsMax?: int, maxSeatsPerHold?: int, maxSeatsPerHolder?: int|null, refuseOrphans?: bool, cancellable?: bool, confirmBy?: 'holder'|'seller', cancelled?: bool, archived?: bool} $body
     * @return array{key: string, title: string, startsAt: string, venue: string|null, timeZone: string|null, plan: string, seatCount: int, salesFrom: string|null, salesUntil: string|null, sellAfterStart: bool, holdSeconds: int, holdSecondsMax: int, holdLifeSecondsMax: int, maxSeatsPerHold: int, maxSeatsPerHolder: int|null, refuseOrphans: bool, cancellable: bool, confirmBy: 'holder'|'seller', cancelledAt: string|null, archivedAt: string|null, createdAt: string}
     */
    public function changeShow(string $show, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/shows/{show}',
            [$show],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Get a show.
     *
     * @return array{key: string, title: string, startsAt: string, venue: string|null, timeZone: string|null, plan: string, seatCount: int, salesFrom: string|null, salesUntil: string|null, sellAfterStart: bool, holdSeconds: int, holdSecondsMax: int, holdLifeSecondsMax: int, maxSeatsPerHold: int, maxSeatsPerHolder: int|null, refuseOrphans: bool, cancellable: bool, confirmBy: 'holder'|'seller', cancelledAt: string|null, archivedAt: string|null, createdAt: string}
     */
    public function getShow(string $show, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}',
            [$show],
            timeout: $timeout,
        );
    }

    /**
     * Repeat a show on other dates.
     *
     * Creates shows on the same plan (or a copy of its own) and on the same terms, all or none.
     * Sales open when they do for the original show, and close as long before the start. Repeating
     * the request changes nothing.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{shows: list<array<string, mixed>>} $body
     * @return array{items: list<array<string, mixed>>}
     */
    public function repeatShow(string $show, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/repeat',
            [$show],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Delete a show that never sold anything.
     *
     * Its own seats go with it, and its key can be used again. Once anything has been sold, even
     * if it was cancelled since, a show can only be cancelled or archived.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{} $body
     * @return array{key: string, deletedAt: string}
     */
    public function deleteShow(string $show, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/delete',
            [$show],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Add seats to the show's own plan.
     *
     * Labels are trimmed, and blanks inside them folded; upper and lower case make no difference.
     * If any of the seats already exist, the refusal names all of them.
     *
     * Needs an operator or an API key with the scope catalogue.
     *
     * @param array{seats: list<string>} $body
     * @return array{key: string, title: string, startsAt: string, venue: string|null, timeZone: string|null, plan: string, seatCount: int, salesFrom: string|null, salesUntil: string|null, sellAfterStart: bool, holdSeconds: int, holdSecondsMax: int, holdLifeSecondsMax: int, maxSeatsPerHold: int, maxSeatsPerHolder: int|null, refuseOrphans: bool, cancellable: bool, confirmBy: 'holder'|'seller', cancelledAt: string|null, archivedAt: string|null, createdAt: string}
     */
    public function addSeats(string $show, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/seats',
            [$show],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List the seats of a show with their status.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - status: Only seats with this status.
     * - section: Only the section with this key.
     * - category: Only the category with this key.
     * - seats: Only these: labels, separated by commas. All of them must exist.
     *
     * @param array{limit?: int, status?: 'available'|'held'|'booked'|'blocked', section?: string, category?: string, seats?: string} $query
     * @return Pages<array{seat: string, section: string|null, row: string|null, number: string, category: string, status: 'available'|'held'|'booked'|'blocked', heldUntil: string|null, accessible: bool, companion: bool, restrictedView: bool}>
     */
    public function listSeats(string $show, array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/shows/{show}/seats',
            [$show],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Count the seats of a show by their properties.
     *
     * By status, section, category, row, holder or the day of the sale, or by several of them. It
     * reflects every command that was answered before it was asked for.
     *
     * Needs the box office, an operator or an API key with the scope journal.
     *
     * In $query:
     * - by: Some of `status`, `section`, `category`, `row`, `holder`, `day`: comma-separated.
     *
     * @param array{by?: string} $query
     * @return array{show: string, asOf: string, timeZone: string, by: list<'status'|'section'|'category'|'row'|'holder'|'day'>, seats: int, items: list<array<string, mixed>>}
     */
    public function getReport(string $show, array $query = [], ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/report',
            [$show],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * List the journal of a show.
     *
     * One entry for each command that changed something: who, what, when, and by which request.
     * With a filter, a page may have fewer entries than you asked for, even none, and still have a
     * `next`: continue until that is null.
     *
     * Needs the box office, an operator or an API key with the scope journal.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - seat: Entries that took this seat, kept it or gave it back.
     * - kind: Only entries of this kind.
     * - holder: Only those with this holder.
     * - after: Only entries after this version.
     *
     * @param array{limit?: int, seat?: string, kind?: 'create'|'change'|'add_seats'|'hold'|'extend'|'release'|'confirm'|'book'|'cancel'|'swap'|'transfer'|'amend'|'block'|'describe'|'unblock', holder?: string, after?: int} $query
     * @return Pages<array{version: int, at: string, kind: string, id: string|null, seats: list<string>, freed: list<string>, until: string|null, bookedAt: string|null, holder: string|null, reference: string|null, actor: string, requestId: string|null, details: array<string, mixed>|null}>
     */
    public function listJournal(string $show, array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/shows/{show}/journal',
            [$show],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Count the seats of a show by status.
     *
     * Over all, and per section and category. It reflects every command that was answered before
     * it was asked for.
     *
     * @return array{show: string, version: int, asOf: string, counts: array<string, mixed>, sections: list<array<string, mixed>>, categories: list<array<string, mixed>>}
     */
    public function getAvailability(string $show, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/availability',
            [$show],
            timeout: $timeout,
        );
    }

    /**
     * Get the status of every seat, one character each.
     *
     * Character n is seat number n of the map: `a`vailable, `h`eld, `b`ooked, `x`.
     *
     * @return array{show: string, version: int, asOf: string, statuses: string}
     */
    public function getStatuses(string $show, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/statuses',
            [$show],
            timeout: $timeout,
        );
    }

    /**
     * Get everything you need to draw the seats.
     *
     * In columns: element n of each is seat number n. The map of a venue's plan never changes, and
     * may be cached forever; that of a show with its own seats may grow.
     *
     * @return array{show: string, plan: string, name: string, width: float, height: float, focalPoint: array<string, mixed>|null, categories: list<array<string, mixed>>, sections: list<array<string, mixed>>, shapes: list<array<string, mixed>>, seatCount: int, seats: array<string, mixed>}
     */
    public function getMap(string $show, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/map',
            [$show],
            timeout: $timeout,
        );
    }

    /**
     * Hold seats.
     *
     * Seats by label, general admission places by quantity, or the best free seats. You get all of
     * them for some minutes, or none; a refusal says which were in the way, and why. The id of the
     * hold is its key: keep it secret.
     *
     * An API key needs the scope `sell`.
     *
     * @param array{seats?: list<string>, places?: list<array<string, mixed>>, best?: array<string, mixed>, holdSeconds?: int, holder?: string, reference?: string, metadata?: array<string, string>} $body
     * @return array{id: string, show: string, seats: list<string>, items: list<array<string, mixed>>, together: bool, expiresAt: string, secondsLeft: int, status: 'live'|'expired'|'released'|'confirmed', holder: string|null, reference: string|null, metadata: array<string, string>, booking: string|null, version: int}
     */
    public function holdSeats(string $show, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/holds',
            [$show],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List the live holds of a show.
     *
     * In the order in which they were made: yours, or all of them for the box office. Filters are
     * combined. To read a hold that has ended, use its id.
     *
     * Needs a user, the box office, an operator or an API key with the scope sell.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - reference: Only those with this reference.
     * - holder: Only those with this holder.
     * - seat: Only those that have this seat now.
     *
     * @param array{limit?: int, reference?: string, holder?: string, seat?: string} $query
     * @return Pages<array{id: string, show: string, seats: list<string>, items: list<array<string, mixed>>, together: bool, expiresAt: string, secondsLeft: int, status: 'live'|'expired'|'released'|'confirmed', holder: string|null, reference: string|null, metadata: array<string, string>, booking: string|null, version: int}>
     */
    public function listHolds(string $show, array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/shows/{show}/holds',
            [$show],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Turn a hold into a booking.
     *
     * Exactly its seats, exactly once. Confirm again, and you get the same booking; with another
     * `reference`, you get the refusal `already_confirmed` with that booking: the second payment
     * bought nothing. A hold that has run out is refused, unless you ask to `reacquire` its seats
     * and all of them are free.
     *
     * An API key needs the scope `sell`.
     *
     * @param array{reference?: string, metadata?: array<string, string>, reacquire?: bool} $body
     * @return array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}
     */
    public function confirmHold(string $show, string $hold, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/holds/{hold}/confirm',
            [$show, $hold],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Change a hold: its seats, holder, reference or notes.
     *
     * In one step, all or nothing: seats that the hold keeps are never free in between, and it
     * ends when it would have. Limits count the difference. To give all seats back, release the
     * hold. You can change the holder, reference and metadata together with the seats, or alone.
     *
     * An API key needs the scope `sell`.
     *
     * @param array{add?: list<string>, drop?: list<string>, places?: list<array<string, mixed>>, best?: array<string, mixed>, holder?: string|null, reference?: string|null, metadata?: array<string, string>} $body
     * @return array{id: string, show: string, seats: list<string>, items: list<array<string, mixed>>, together: bool, expiresAt: string, secondsLeft: int, status: 'live'|'expired'|'released'|'confirmed', holder: string|null, reference: string|null, metadata: array<string, string>, booking: string|null, version: int}
     */
    public function changeHold(string $show, string $hold, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/holds/{hold}/change',
            [$show, $hold],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Release a hold, or some of its seats.
     *
     * Returns the hold as it ended, however often you ask.
     *
     * An API key needs the scope `sell`.
     *
     * @param array{seats?: list<string>, places?: list<array<string, mixed>>} $body
     * @return array{id: string, show: string, seats: list<string>, items: list<array<string, mixed>>, together: bool, expiresAt: string, secondsLeft: int, status: 'live'|'expired'|'released'|'confirmed', holder: string|null, reference: string|null, metadata: array<string, string>, booking: string|null, version: int}
     */
    public function releaseHold(string $show, string $hold, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/holds/{hold}/release',
            [$show, $hold],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Get a hold and how long it has left.
     *
     * An API key needs the scope `sell`.
     *
     * @return array{id: string, show: string, seats: list<string>, items: list<array<string, mixed>>, together: bool, expiresAt: string, secondsLeft: int, status: 'live'|'expired'|'released'|'confirmed', holder: string|null, reference: string|null, metadata: array<string, string>, booking: string|null, version: int}
     */
    public function getHold(string $show, string $hold, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/holds/{hold}',
            [$show, $hold],
            timeout: $timeout,
        );
    }

    /**
     * Extend a hold.
     *
     * Counted from now, and never beyond the maximum life of a hold that the show allows.
     *
     * An API key needs the scope `sell`.
     *
     * @param array{holdSeconds?: int} $body
     * @return array{id: string, show: string, seats: list<string>, items: list<array<string, mixed>>, together: bool, expiresAt: string, secondsLeft: int, status: 'live'|'expired'|'released'|'confirmed', holder: string|null, reference: string|null, metadata: array<string, string>, booking: string|null, version: int}
     */
    public function extendHold(string $show, string $hold, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/holds/{hold}/extend',
            [$show, $hold],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Book seats directly.
     *
     * Without a hold: all of them or none. The box office, and API keys with the scope `block`,
     * may take them out of a `block`.
     *
     * An API key needs the scope `sell`.
     *
     * @param array{seats?: list<string>, places?: list<array<string, mixed>>, best?: array<string, mixed>, holder?: string, reference?: string, metadata?: array<string, string>, block?: string} $body
     * @return array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}
     */
    public function bookSeats(string $show, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/bookings',
            [$show],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List the bookings of a show.
     *
     * The newest first, including cancelled ones: yours, or all of them for the box office.
     * Filters are combined. A page may have fewer bookings than you asked for, even none, and
     * still have a `next`: continue until that is null.
     *
     * Needs a user, the box office, an operator or an API key with the scope sell.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - reference: Only those with this reference.
     * - holder: Only those with this holder.
     * - seat: Only those that have this seat now.
     * - cancelled: Only cancelled bookings (`true`), or only the others (`false`).
     *
     * @param array{limit?: int, reference?: string, holder?: string, seat?: string, cancelled?: bool} $query
     * @return Pages<array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}>
     */
    public function listBookings(string $show, array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/shows/{show}/bookings',
            [$show],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Swap seats of a booking for others.
     *
     * In one step: no one else can take either in between.
     *
     * Needs the box office, an operator or an API key with the scope amend.
     *
     * @param array{from: list<string>, to: list<string>, reason?: string} $body
     * @return array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}
     */
    public function swapSeats(string $show, string $booking, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/bookings/{booking}/swap',
            [$show, $booking],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Hand a booking on to another holder, or some of its seats.
     *
     * The booking keeps its id. With `seats`, those become a new booking, which you get back, and
     * the rest stays. No one else can take a seat in between, and the history says whose it was.
     *
     * Needs the box office, an operator or an API key with the scope amend.
     *
     * @param array{holder: string, seats?: list<string>, reference?: string} $body
     * @return array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}
     */
    public function transferBooking(string $show, string $booking, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/bookings/{booking}/transfer',
            [$show, $booking],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Find bookings in all shows by reference or holder.
     *
     * The newest first, including cancelled ones: yours, or all of them for the box office. If you
     * lost an answer and its key, ask here whether your reference has bought something.
     *
     * Needs a user, the box office, an operator or an API key with the scope sell.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - reference: Only those with this reference.
     * - holder: Only those with this holder.
     *
     * @param array{limit?: int, reference?: string, holder?: string} $query
     * @return Pages<array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}>
     */
    public function findBookings(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/bookings',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Get a booking.
     *
     * An API key needs the scope `sell`.
     *
     * @return array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}
     */
    public function getBooking(string $show, string $booking, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/bookings/{booking}',
            [$show, $booking],
            timeout: $timeout,
        );
    }

    /**
     * Change the reference or the notes of a booking.
     *
     * What you leave out stays as it is. To change seats, swap or cancel them; to change the
     * holder, transfer the booking.
     *
     * Needs the box office, an operator or an API key with the scope amend.
     *
     * @param array{reference?: string|null, metadata?: array<string, string>} $body
     * @return array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}
     */
    public function changeBooking(string $show, string $booking, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/shows/{show}/bookings/{booking}',
            [$show, $booking],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Cancel a booking, or some of its seats.
     *
     * The seats are on sale again at once. Cancelling again changes nothing.
     *
     * Needs the box office, an operator or an API key with the scope amend.
     *
     * @param array{seats?: list<string>, places?: list<array<string, mixed>>, reason?: string} $body
     * @return array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}
     */
    public function cancelBooking(string $show, string $booking, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/bookings/{booking}/cancel',
            [$show, $booking],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Block seats.
     *
     * Needs the box office, an operator or an API key with the scope block.
     *
     * @param array{seats: list<string>, reason: string, holder?: string, reference?: string, metadata?: array<string, string>} $body
     * @return array{id: string, show: string, seats: list<string>, reason: string, holder: string|null, reference: string|null, metadata: array<string, string>, releasedAt: string|null, version: int}
     */
    public function blockSeats(string $show, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/blocks',
            [$show],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List the blocks of a show.
     *
     * Those that withhold seats now, in the order in which they were made: yours, or all of them
     * for the box office. To read a block that was released, use its id.
     *
     * Needs the box office, an operator or an API key with the scope block.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - reference: Only those with this reference.
     * - holder: Only those with this holder.
     * - seat: Only those that have this seat now.
     *
     * @param array{limit?: int, reference?: string, holder?: string, seat?: string} $query
     * @return Pages<array{id: string, show: string, seats: list<string>, reason: string, holder: string|null, reference: string|null, metadata: array<string, string>, releasedAt: string|null, version: int}>
     */
    public function listBlocks(string $show, array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/shows/{show}/blocks',
            [$show],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Get a block.
     *
     * Needs the box office, an operator or an API key with the scope block.
     *
     * @return array{id: string, show: string, seats: list<string>, reason: string, holder: string|null, reference: string|null, metadata: array<string, string>, releasedAt: string|null, version: int}
     */
    public function getBlock(string $show, string $block, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/shows/{show}/blocks/{block}',
            [$show, $block],
            timeout: $timeout,
        );
    }

    /**
     * Change why seats are blocked, and for whom.
     *
     * What you leave out stays as it is, and so do its seats.
     *
     * Needs the box office, an operator or an API key with the scope block.
     *
     * @param array{reason?: string, holder?: string|null, reference?: string|null, metadata?: array<string, string>} $body
     * @return array{id: string, show: string, seats: list<string>, reason: string, holder: string|null, reference: string|null, metadata: array<string, string>, releasedAt: string|null, version: int}
     */
    public function changeBlock(string $show, string $block, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/shows/{show}/blocks/{block}',
            [$show, $block],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Release a block, or some of its seats.
     *
     * Returns the block as it is afterwards, however often you ask.
     *
     * Needs the box office, an operator or an API key with the scope block.
     *
     * @param array{seats?: list<string>} $body
     * @return array{id: string, show: string, seats: list<string>, reason: string, holder: string|null, reference: string|null, metadata: array<string, string>, releasedAt: string|null, version: int}
     */
    public function unblockSeats(string $show, string $block, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/shows/{show}/blocks/{block}/release',
            [$show, $block],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Create a user.
     *
     * Anyone may create an account for themselves, unless registration is closed. Only an operator
     * may give a `role` other than `user`, or create a user without a password. An e-mail address
     * belongs to one user.
     *
     * @param array{name: string, email: string, phone?: string, password?: string, role?: 'user'|'box_office'|'operator'} $body
     * @return array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null}
     */
    public function createUser(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/users',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List users.
     *
     * Needs an operator.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - email: Only the user with this address, without regard to case.
     * - role: Only users with this role.
     *
     * @param array{limit?: int, email?: string, role?: 'user'|'box_office'|'operator'} $query
     * @return Pages<array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null}>
     */
    public function listUsers(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/users',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Change a user or their role.
     *
     * A new role, and disabling, end the user's sessions. If the e-mail address is unverified, a
     * role also clears the password, because the person who registered the address may not be its
     * owner. The answer then has a sign-in link for the right person.
     *
     * Needs an operator.
     *
     * @param array{name?: string, email?: string, phone?: string|null, role?: 'user'|'box_office'|'operator', disabled?: bool} $body
     * @return array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null, signInLink: array<string, mixed>|null}
     */
    public function changeUser(string $user, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/users/{user}',
            [$user],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Get a user.
     *
     * Needs an operator.
     *
     * @return array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null}
     */
    public function getUser(string $user, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/users/{user}',
            [$user],
            timeout: $timeout,
        );
    }

    /**
     * Create a one-time sign-in link.
     *
     * For people who have no password, or have forgotten it. It works once, for 30 minutes. The
     * token comes after the `#` of the address, which browsers never send.
     *
     * Needs an operator.
     *
     * @param array{} $body
     * @return array{user: string, token: string, path: string, expiresAt: string}
     */
    public function createSignInLink(string $user, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/users/{user}/links',
            [$user],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Sign a user out everywhere.
     *
     * Unused sign-in links end as well.
     *
     * Needs an operator.
     *
     * @param array{} $body
     * @return array{ended: int}
     */
    public function endUserSessions(string $user, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/users/{user}/sessions/end',
            [$user],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Remove the second factor of a user.
     *
     * For someone who has lost their device and the recovery codes. Removes the app, all passkeys
     * and the recovery codes.
     *
     * Needs an operator.
     *
     * @param array{} $body
     * @return array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null}
     */
    public function removeUserSecondFactor(string $user, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/users/{user}/second-factor/remove',
            [$user],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Get the current caller: a user, an API key or the operator key.
     *
     * Needs a user, the box office, an operator or an API key.
     *
     * @return array{role: 'anonymous'|'user'|'partner'|'box_office'|'operator', actor: string, user: array<string, mixed>|null, key: array<string, mixed>|null, session: array<string, mixed>|null}
     */
    public function getMe(?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/me',
            [],
            timeout: $timeout,
        );
    }

    /**
     * Change my name, e-mail or telephone number.
     *
     * To change the e-mail address, send the password, if there is one; and a code, a passkey or a
     * recovery code, if you have a second factor.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{name?: string, email?: string, phone?: string|null, password?: string, code?: string, passkey?: array<string, mixed>} $body
     * @return array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null}
     */
    public function changeMe(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/me',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List my sessions.
     *
     * Where you are signed in, the most recently used first: at most 20.
     *
     * Needs a user, the box office or an operator.
     *
     * @return Pages<array{id: string, current: bool, agent: string|null, beganBy: 'password'|'link'|'passkey', createdAt: string, usedAt: string, expiresAt: string}>
     */
    public function listMySessions(?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/me/sessions',
            [],
            timeout: $timeout,
        );
    }

    /**
     * Sign out somewhere else.
     *
     * Ending a session that has ended changes nothing.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{} $body
     * @return array{ended: int}
     */
    public function endMySession(string $session, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/sessions/{session}/end',
            [$session],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List my live holds, in all shows.
     *
     * The soonest to end first. Empty for callers without an account. If you confirmed or released
     * thousands of holds early, a page may be short, even empty, and still have a `next`.
     *
     * Needs a user, the box office, an operator or an API key with the scope sell.
     *
     * In $query:
     * - limit: The most items a page may have.
     *
     * @param array{limit?: int} $query
     * @return Pages<array{id: string, show: string, seats: list<string>, items: list<array<string, mixed>>, together: bool, expiresAt: string, secondsLeft: int, status: 'live'|'expired'|'released'|'confirmed', holder: string|null, reference: string|null, metadata: array<string, string>, booking: string|null, version: int}>
     */
    public function listMyHolds(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/me/holds',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * List my bookings, in all shows.
     *
     * The newest first, including cancelled ones. Empty for callers without an account.
     *
     * Needs a user, the box office, an operator or an API key with the scope sell.
     *
     * In $query:
     * - limit: The most items a page may have.
     *
     * @param array{limit?: int} $query
     * @return Pages<array{id: string, show: string, hold: string|null, seats: list<string>, items: list<array<string, mixed>>, together: bool, bookedAt: string, cancelledAt: string|null, holder: string|null, reference: string|null, metadata: array<string, string>, version: int}>
     */
    public function listMyBookings(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/me/bookings',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Set up codes of an app as a second factor.
     *
     * Returns what an authenticator app needs (TOTP, RFC 6238). It counts once you have confirmed
     * a code; until then you can begin again. If you have passkeys, send one of them, or a
     * recovery code.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{password: string, code?: string, passkey?: array<string, mixed>} $body
     * @return array{secret: string, uri: string}
     */
    public function beginSecondFactor(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/second-factor',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Confirm the app with a code.
     *
     * From now on, signing in takes a code, or a passkey if you have one. Returns ten recovery
     * codes, each good for one use, which replace those you had. You see them only now. If it is
     * your first second factor, all other sessions end.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{code: string} $body
     * @return array{recoveryCodes: list<string>}
     */
    public function confirmSecondFactor(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/second-factor/confirm',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Remove the app.
     *
     * With the password, and a code, a passkey or a recovery code. If you have no passkey, the
     * recovery codes are removed as well, and the password alone signs you in.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{password: string, code?: string, passkey?: array<string, mixed>} $body
     * @return array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null}
     */
    public function removeSecondFactor(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/second-factor/remove',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List my passkeys.
     *
     * The oldest first: at most 10.
     *
     * Needs a user, the box office or an operator.
     *
     * @return Pages<array{id: string, name: string, host: string, synced: bool, createdAt: string, usedAt: string|null}>
     */
    public function listMyPasskeys(?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/me/passkeys',
            [],
            timeout: $timeout,
        );
    }

    /**
     * Set up a passkey.
     *
     * What `navigator.credentials.create()` needs, for five minutes and this session. A passkey is
     * a second factor for your password, or signs you in on its own. If you already have a second
     * factor, prove it.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{password: string, code?: string, passkey?: array<string, mixed>} $body
     * @return array{challenge: string, rp: array<string, mixed>, user: array<string, mixed>, pubKeyCredParams: list<array<string, mixed>>, timeout: int, attestation: string, excludeCredentials: list<array<string, mixed>>, authenticatorSelection: array<string, mixed>}
     */
    public function beginPasskey(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/passkeys',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Confirm the passkey that the browser made.
     *
     * It counts from now on. If it is your first second factor, all other sessions end, and the
     * answer has ten recovery codes, each good for one use. You see them only now.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{name: string, credential: array<string, mixed>} $body
     * @return array{passkey: array<string, mixed>, recoveryCodes: list<string>}
     */
    public function confirmPasskey(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/passkeys/confirm',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Remove a passkey.
     *
     * With the password, and a passkey (this one or another), a code or a recovery code. If it was
     * your last second factor, the recovery codes are removed as well, and the password alone
     * signs you in.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{password: string, code?: string, passkey?: array<string, mixed>} $body
     * @return array{id: string, name: string, email: string|null, phone: string|null, role: 'user'|'box_office'|'operator', hasPassword: bool, emailVerified: bool, secondFactor: bool, secondFactors: list<'app'|'passkey'>, createdAt: string, disabledAt: string|null}
     */
    public function removePasskey(string $passkey, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/passkeys/{passkey}/remove',
            [$passkey],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Create an API key.
     *
     * For a partner system: what it may do (`scopes`), and for which shows (all, if you leave out
     * `shows`). You see the `secret` only in this answer: we keep only its hash.
     *
     * Needs an operator.
     *
     * @param array{name: string, scopes: list<'sell'|'amend'|'block'|'journal'|'catalogue'|'webhooks'>, shows?: list<string>, expiresAt?: string} $body
     * @return array{id: string, name: string, prefix: string, scopes: list<'sell'|'amend'|'block'|'journal'|'catalogue'|'webhooks'>, shows: list<string>|null, secrets: list<array<string, mixed>>, createdAt: string, createdBy: string, expiresAt: string|null, lastUsedAt: string|null, revokedAt: string|null, secret: string}
     */
    public function createApiKey(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/api-keys',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List API keys.
     *
     * Needs an operator.
     *
     * In $query:
     * - limit: The most items a page may have.
     *
     * @param array{limit?: int} $query
     * @return Pages<array{id: string, name: string, prefix: string, scopes: list<'sell'|'amend'|'block'|'journal'|'catalogue'|'webhooks'>, shows: list<string>|null, secrets: list<array<string, mixed>>, createdAt: string, createdBy: string, expiresAt: string|null, lastUsedAt: string|null, revokedAt: string|null}>
     */
    public function listApiKeys(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/api-keys',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Rotate the secret of an API key.
     *
     * Existing secrets keep working for `overlapSeconds` (a day by default), so that the partner
     * can switch without a gap.
     *
     * Needs an operator.
     *
     * @param array{overlapSeconds?: int} $body
     * @return array{id: string, name: string, prefix: string, scopes: list<'sell'|'amend'|'block'|'journal'|'catalogue'|'webhooks'>, shows: list<string>|null, secrets: list<array<string, mixed>>, createdAt: string, createdBy: string, expiresAt: string|null, lastUsedAt: string|null, revokedAt: string|null, secret: string}
     */
    public function rotateApiKey(string $key, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/api-keys/{key}/rotate',
            [$key],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Get an API key.
     *
     * What it may do, when it was last used, and how its secrets begin.
     *
     * Needs an operator.
     *
     * @return array{id: string, name: string, prefix: string, scopes: list<'sell'|'amend'|'block'|'journal'|'catalogue'|'webhooks'>, shows: list<string>|null, secrets: list<array<string, mixed>>, createdAt: string, createdBy: string, expiresAt: string|null, lastUsedAt: string|null, revokedAt: string|null}
     */
    public function getApiKey(string $key, ?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/api-keys/{key}',
            [$key],
            timeout: $timeout,
        );
    }

    /**
     * Rename an API key.
     *
     * Its scopes and shows stay as they are: if a partner needs more, create another key and
     * revoke this one. Repeating the call has the same effect.
     *
     * Needs an operator.
     *
     * @param array{name: string} $body
     * @return array{id: string, name: string, prefix: string, scopes: list<'sell'|'amend'|'block'|'journal'|'catalogue'|'webhooks'>, shows: list<string>|null, secrets: list<array<string, mixed>>, createdAt: string, createdBy: string, expiresAt: string|null, lastUsedAt: string|null, revokedAt: string|null}
     */
    public function changeApiKey(string $key, array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'PATCH',
            '/v1/api-keys/{key}',
            [$key],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Revoke an API key and all its secrets.
     *
     * At once on the server you call, within 5 seconds on all others.
     *
     * Needs an operator.
     *
     * @param array{} $body
     * @return array{id: string, name: string, prefix: string, scopes: list<'sell'|'amend'|'block'|'journal'|'catalogue'|'webhooks'>, shows: list<string>|null, secrets: list<array<string, mixed>>, createdAt: string, createdBy: string, expiresAt: string|null, lastUsedAt: string|null, revokedAt: string|null}
     */
    public function revokeApiKey(string $key, array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/api-keys/{key}/revoke',
            [$key],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * List administrative acts, newest first.
     *
     * Who did what to whom. The log is append-only. `action` is the name of an operation, or
     * `bootstrap`, `refresh_reused`, `sign_in_failed`.
     *
     * Needs an operator.
     *
     * In $query:
     * - limit: The most items a page may have.
     * - actor: Only what this caller did, as `actor` names it.
     * - action: Only acts with this name.
     *
     * @param array{limit?: int, actor?: string, action?: string} $query
     * @return Pages<array{id: int, at: string, actor: string, action: string, subject: string|null, requestId: string|null, details: array<string, mixed>|null}>
     */
    public function listAudit(array $query = [], ?float $timeout = null): Pages
    {
        return $this->caller->pages(
            'GET',
            '/v1/audit',
            [],
            query: $query,
            timeout: $timeout,
        );
    }

    /**
     * Get the state of the server.
     *
     * The state of the server that answers; other servers on the same database keep their own
     * count. Answers 200 even while the database cannot be reached.
     *
     * Needs an operator.
     *
     * @return array{version: string, startedAt: string, memoryBytes: int, limits: bool, proxy: 'trusted'|'unnamed'|'none', seen: array<string, mixed>, lateMs: float, shows: int|null, database: array<string, mixed>, engine: array<string, mixed>, streams: array<string, mixed>, requests: int, refusals: list<array<string, mixed>>}
     */
    public function getSystem(?float $timeout = null): array
    {
        return $this->caller->send(
            'GET',
            '/v1/system',
            [],
            timeout: $timeout,
        );
    }

    /**
     * Sign in.
     *
     * With e-mail and password, with the token of a sign-in link, or with a passkey alone, if it
     * has checked who you are (PIN, fingerprint, face). The access token is for `Authorization:
     * Bearer` and lasts `accessSeconds`; the refresh token gives the next one. With `cookies`,
     * both are cookies that no script can read, for pages of this server; the browser's previous
     * session ends.
     *
     * @param array{email?: string, password?: string, link?: string, code?: string, passkey?: array<string, mixed>, cookies?: bool} $body
     * @return array{id: string, user: array<string, mixed>, expiresAt: string, accessToken: string|null, accessSeconds: int, refreshToken: string|null}
     */
    public function createSession(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/sessions',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Create a challenge for a passkey.
     *
     * What `navigator.credentials.get()` needs. Send what the passkey signs as `passkey` to
     * `createSession`, and to any operation that takes a second factor. A challenge works once,
     * for five minutes. It says nothing about who has which passkeys.
     *
     * @param array{} $body
     * @return array{challenge: string, rpId: string, timeout: int, userVerification: string}
     */
    public function createPasskeyChallenge(array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/sessions/passkey-challenge',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Renew a session.
     *
     * Each refresh token is good for one use, and gives you the next. Within ten seconds it gives
     * you the same one again, in case the answer got lost. If it is used later than that, we
     * assume it was stolen, and the session ends. Without a token in the body, the cookie counts,
     * and the answer comes as cookies.
     *
     * @param array{refreshToken?: string} $body
     * @return array{id: string, user: array<string, mixed>, expiresAt: string, accessToken: string|null, accessSeconds: int, refreshToken: string|null}
     */
    public function refreshSession(array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/sessions/refresh',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Sign out.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{} $body
     * @return array{ended: int}
     */
    public function endSession(array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/sessions/end',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Sign out everywhere.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{} $body
     * @return array{ended: int}
     */
    public function endAllSessions(array $body = [], ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/sessions/end-all',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }

    /**
     * Change my password.
     *
     * Ends all other sessions, and every refresh token of this one: the answer has new tokens, or
     * sets new cookies. If you have no password yet, it sets the first one. If you have a second
     * factor, send a code, a passkey or a recovery code as well.
     *
     * Needs a user, the box office or an operator.
     *
     * @param array{current?: string, password: string, code?: string, passkey?: array<string, mixed>} $body
     * @return array{ended: int, session: array<string, mixed>}
     */
    public function changePassword(array $body, ?string $idempotencyKey = null, ?float $timeout = null): array
    {
        return $this->caller->send(
            'POST',
            '/v1/me/password',
            [],
            body: $body,
            idempotencyKey: $idempotencyKey,
            timeout: $timeout,
        );
    }
}
