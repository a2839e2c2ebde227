<?php

// Played by test/clients: tells every view of a show until all of its seats are booked.

declare(strict_types=1);

use Rowlock\Client;
use Rowlock\RowlockException;

spl_autoload_register(function (string $class): void {
    require __DIR__ . '/../src/' . basename(str_replace('\\', '/', $class)) . '.php';
});

$show = getenv('ROWLOCK_SHOW');
$rowlock = new Client(getenv('ROWLOCK_SERVER'), key: getenv('ROWLOCK_KEY'));

try {
    $rowlock->watchShow('no-such-show')->current();
} catch (RowlockException $error) {
    echo json_encode($error->errorCode), "\n";
}
foreach ($rowlock->watchShow($show, silence: 1.0) as $view) {
    $held = array_keys($view->heldUntil);
    sort($held);
    echo json_encode([$view->version, $view->statuses, $view->changed, $held]), "\n";
    if (array_unique($view->statuses) === ['booked']) {
        break;
    }
}
[$types, $rest, $after] = [[], [], null];
foreach ($rowlock->events($show, untilNow: true) as $after => $event) {
    $types[] = $event['type'];
}
foreach ($rowlock->events($show, after: $after, untilNow: true) as $event) {
    $rest[] = $event['type'];
}
echo json_encode([$types, $rest]), "\n";
