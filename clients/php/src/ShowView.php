<?php

declare(strict_types=1);

namespace Rowlock;

/** A show's seats as they are now. A seat is known by its place in the lists of `getMap`. */
final class ShowView
{
    private const STATUSES = ['a' => 'available', 'h' => 'held', 'b' => 'booked', 'x' => 'blocked'];

    /** The show's version; null before the first event. */
    public ?int $version = null;

    /** The database's time: what is left of a hold is its end less this. */
    public string $asOf = '';

    /** @var list<'available'|'held'|'booked'|'blocked'> the status of each seat, by its number */
    public array $statuses = [];

    /** @var array<int, int> when the holds end, by number of the seat: milliseconds since 1970 */
    public array $heldUntil = [];

    /** @var list<int> numbers of the seats that the last event changed; at first all of them */
    public array $changed = [];

    /**
     * Takes an event of the stream in.
     *
     * @param array<string, mixed> $event
     */
    public function apply(string $kind, array $event): void
    {
        [$statuses, $untils] = [$this->statuses, $this->heldUntil];
        if ($kind === 'snapshot') {
            $letters = $event['statuses'] === '' ? [] : str_split($event['statuses']);
            $this->statuses = array_map(fn (string $letter) => self::STATUSES[$letter], $letters);
            $this->heldUntil = array_column($event['holds'], 1, 0);
        } else {
            $this->change($event);
        }
        [$this->version, $this->asOf] = [$event['version'], $event['asOf']];
        $this->changed = array_values(array_filter(
            array_keys($this->statuses),
            fn (int $number) => $this->statuses[$number] !== ($statuses[$number] ?? null)
                || ($this->heldUntil[$number] ?? null) !== ($untils[$number] ?? null),
        ));
    }

    /** @param array<string, mixed> $event */
    private function change(array $event): void
    {
        $this->grow($event['seatCount'] ?? 0);
        foreach ($event['changes'] as [$number, $letter, $until]) {
            $this->set($number, $letter, $until);
        }
        if (!isset($event['holds'])) {
            return;
        }
        // After a pause: exactly these are held now.
        $live = array_column($event['holds'], 1, 0);
        foreach (array_keys(array_diff_key($this->heldUntil, $live)) as $number) {
            $this->set($number, 'a', null);
        }
        foreach ($live as $number => $until) {
            $this->set($number, 'h', $until);
        }
    }

    private function set(int $number, string $letter, ?int $until): void
    {
        $this->grow($number + 1);
        $this->statuses[$number] = self::STATUSES[$letter];
        unset($this->heldUntil[$number]);
        if ($letter === 'h' && $until !== null) {
            $this->heldUntil[$number] = $until;
        }
    }

    private function grow(int $count): void
    {
        $this->statuses = array_pad($this->statuses, $count, 'available');
    }
}
