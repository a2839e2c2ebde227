<?php

// Played by test/clients against a real server, over a line that eats every other answer.

declare(strict_types=1);

use Rowlock\Client;
use Rowlock\RowlockException;

spl_autoload_register(function (string $class): void {
    require __DIR__ . '/../src/' . basename(str_replace('\\', '/', $class)) . '.php';
});

$show = getenv('ROWLOCK_SHOW');
$rowlock = new Client(getenv('ROWLOCK_SERVER'), key: getenv('ROWLOCK_KEY'), retries: 8);
$nobody = new Client(getenv('ROWLOCK_NOBODY'), retries: 1);

function refusal(Closure $call): RowlockException
{
    try {
        $call();
    } catch (RowlockException $error) {
        return $error;
    }
    throw new LogicException('It was not refused.');
}

$hold = $rowlock->holdSeats($show, ['seats' => ['A1', 'A2'], 'holder' => 'Zoë']);
$booking = $rowlock->confirmHold($show, $hold['id'], idempotencyKey: 'payment-4711-of-zoe');
$again = $rowlock->confirmHold($show, $hold['id'], idempotencyKey: 'payment-4711-of-zoe');
$taken = refusal(fn () => $rowlock->holdSeats($show, ['seats' => ['A2', 'A3']]));
$unknown = refusal(fn () => $rowlock->getShow('a/b?ü'));
$lost = refusal(fn () => $nobody->releaseHold($show, $hold['id'], idempotencyKey: 'a-key-of-mine'));
$bookings = $rowlock->listBookings($show, ['cancelled' => false]);
$events = $rowlock->listEvents($show, ['wait' => 0])['events'];

echo json_encode([
    'held' => $hold['seats'],
    'holder' => $hold['holder'],
    'booked' => $booking['hold'] === $hold['id'] && $booking['id'] === $again['id'],
    'taken' => [$taken->errorCode, $taken->status, $taken->details['seats'][0]['seat']],
    'takenHasKeys' => $taken->requestId !== null && $taken->idempotencyKey !== null,
    'unknown' => [$unknown->errorCode, $unknown->idempotencyKey],
    'lost' => [$lost->errorCode, $lost->status, $lost->idempotencyKey],
    'seats' => iterator_count($rowlock->listSeats($show, ['limit' => 7])->getIterator()),
    'page' => [count($rowlock->listSeats($show, ['limit' => 7])->items())],
    'bookings' => [count($bookings->items()), $bookings->next()],
    'events' => array_column($events, 'type'),
], JSON_THROW_ON_ERROR);
