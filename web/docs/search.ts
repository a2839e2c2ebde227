import MiniSearch from 'minisearch'
import { mannersFor, SEARCH_OPTIONS } from './search-options.ts'

const FOUND_MAX = 12

interface Found {
  readonly id: string
  readonly page: string
  readonly heading: string
}

/** The field at the top: `/` goes there, arrows and Enter choose. */
export function addSearch(): void {
  const input = document.querySelector<HTMLInputElement>('#search')
  const list = document.querySelector<HTMLUListElement>('#found')
  if (input === null || list === null) return
  let index: Promise<MiniSearch> | null = null
  let chosen = -1
  const open = () => {
    index ??= fetch('/docs/search.json')
      .then((answer) => answer.text())
      .then((text) => MiniSearch.loadJSON(text, SEARCH_OPTIONS))
    return index
  }
  const show = (found: readonly Found[], words: string) => {
    chosen = -1
    list.replaceChildren(...found.map(optionOf))
    if (found.length === 0 && words !== '') list.append(nothing(words))
    list.hidden = words === ''
    input.setAttribute('aria-expanded', String(!list.hidden))
    input.removeAttribute('aria-activedescendant')
  }
  const choose = (step: number) => {
    const options = [...list.querySelectorAll<HTMLElement>('a')]
    if (options.length === 0) return
    chosen = (chosen + step + options.length) % options.length
    for (const [at, option] of options.entries()) {
      option.setAttribute('aria-selected', String(at === chosen))
    }
    const option = options[chosen]
    option?.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', option?.id ?? '')
  }
  input.addEventListener('focus', () => void open())
  input.addEventListener('input', async () => {
    const words = input.value.trim()
    const results = words === '' ? [] : search(await open(), words)
    if (input.value.trim() === words) show(results, words)
  })
  input.addEventListener('keydown', (event) => {
    if (event.key === 'ArrowDown') choose(1)
    else if (event.key === 'ArrowUp') choose(-1)
    else if (event.key === 'Escape') show([], '')
    else if (event.key === 'Enter') {
      const options = list.querySelectorAll<HTMLAnchorElement>('a')
      options[Math.max(0, chosen)]?.click()
    } else return
    event.preventDefault()
  })
  document.addEventListener('click', ({ target }) => {
    if (!(target instanceof Node && (list.contains(target) || input === target))) list.hidden = true
  })
  document.addEventListener('keydown', (event) => {
    const isTyping = (event.target as HTMLElement).closest('input, textarea') !== null
    if (event.key !== '/' || isTyping) return
    event.preventDefault()
    input.focus()
  })
}

function search(index: MiniSearch, words: string): Found[] {
  return index.search(words, mannersFor(words)).slice(0, FOUND_MAX) as unknown as Found[]
}

function optionOf({ id, page, heading }: Found, at: number): HTMLElement {
  const item = document.createElement('li')
  item.role = 'presentation'
  const link = document.createElement('a')
  link.role = 'option'
  link.id = `found-${at}`
  link.href = id
  link.tabIndex = -1
  link.setAttribute('aria-selected', 'false')
  link.textContent = heading === '' ? page : heading
  if (heading !== '') {
    const of = document.createElement('small')
    of.textContent = page
    link.append(' ', of)
  }
  item.append(link)
  return item
}

function nothing(words: string): HTMLElement {
  const item = document.createElement('li')
  item.role = 'option'
  item.className = 'nothing'
  item.setAttribute('aria-disabled', 'true')
  item.setAttribute('aria-selected', 'false')
  item.textContent = `Nothing found for “${words}”.`
  return item
}
