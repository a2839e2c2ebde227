<?php

// Played by test/clients: so many calls, reads and writes in turn, and how each of them ended.

declare(strict_types=1);

use Rowlock\Client;
use Rowlock\RowlockException;

spl_autoload_register(function (string $class): void {
    require __DIR__ . '/../src/' . basename(str_replace('\\', '/', $class)) . '.php';
});

$rowlock = new Client(getenv('ROWLOCK_SERVER'), retries: 2, timeout: 20);
$endings = [];
for ($number = 0; $number < (int) getenv('ROWLOCK_CALLS'); $number++) {
    try {
        $number % 2 === 1
            ? $rowlock->releaseHold("call-{$number}", 'hold')
            : $rowlock->getShow("call-{$number}");
        $endings[] = ['done', 200];
    } catch (RowlockException $error) {
        $endings[] = [$error->errorCode, $error->status];
    }
}
echo json_encode($endings), "\n";
