<?php

declare(strict_types=1);

namespace Rowlock;

/**
 * A list: iterated, it is every item of every page; `items()` and `next()` are the first page.
 *
 * @template Item
 * @implements \IteratorAggregate<int, Item>
 */
final class Pages implements \IteratorAggregate
{
    /** @var ?array{items: list<Item>, next: ?string} */
    private ?array $first = null;

    /** @param \Closure(?string): array{items: list<Item>, next: ?string} $load */
    public function __construct(private readonly \Closure $load)
    {
    }

    /** @return list<Item> */
    public function items(): array
    {
        return $this->page()['items'];
    }

    /** The cursor of the page after the first; null where there is none. */
    public function next(): ?string
    {
        return $this->page()['next'];
    }

    public function getIterator(): \Generator
    {
        $page = $this->page();
        $number = 0;
        while (true) {
            foreach ($page['items'] as $item) {
                yield $number++ => $item;
            }
            if ($page['next'] === null) {
                return;
            }
            $page = ($this->load)($page['next']);
        }
    }

    /** @return array{items: list<Item>, next: ?string} */
    private function page(): array
    {
        return $this->first ??= ($this->load)(null);
    }
}
