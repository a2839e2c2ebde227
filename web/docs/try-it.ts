/** The forms below the samples: each sends a request to the server that the page came from. */
export function addTryIt(): void {
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details.try')) {
    details.addEventListener('toggle', () => {
      if (details.open && details.querySelector('form') === null) details.append(formOf(details))
    })
  }
}

/** Typed once a page; nothing is kept, so that who sits here next does not find it. */
let key = ''

function formOf({ dataset }: HTMLDetailsElement): HTMLFormElement {
  const { method = 'GET', path = '', body = '' } = dataset
  const form = document.createElement('form')
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const places = names.map((name) => [name, field(form, name, 'text')] as const)
  const query = method === 'GET' ? field(form, 'query, such as limit=2', 'text') : null
  const bearer = field(form, 'API key or token, if it needs one', 'password')
  bearer.value = key
  const text = body === '' ? null : area(form, 'body', body)
  const button = document.createElement('button')
  button.textContent = `Send ${method}`
  const answer = document.createElement('output')
  form.append(button, answer)
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    key = bearer.value.trim()
    const place = places.reduce(
      (whole, [name, input]) => whole.replace(`{${name}}`, encodeURIComponent(input.value.trim())),
      path,
    )
    const search = query === null || query.value.trim() === '' ? '' : `?${query.value.trim()}`
    button.disabled = true
    answer.textContent = await send(`${place}${search}`, method, text?.value ?? null)
    button.disabled = false
  })
  return form
}

async function send(url: string, method: string, body: string | null): Promise<string> {
  const headers: Record<string, string> = {}
  if (key !== '') headers.authorization = `Bearer ${key}`
  if (body !== null) headers['content-type'] = 'application/json'
  if (method !== 'GET') headers['idempotency-key'] = crypto.randomUUID()
  const begun = performance.now()
  try {
    const answer = await fetch(url, {
      method,
      headers,
      credentials: 'omit',
      ...(body !== null && { body }),
    })
    const text = await answer.text()
    const ms = Math.round(performance.now() - begun)
    return `${answer.status} ${answer.statusText} · ${ms} ms\n\n${pretty(text)}`
  } catch (error) {
    return `No answer: ${(error as Error).message}`
  }
}

function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

function field(form: HTMLFormElement, name: string, type: string): HTMLInputElement {
  const input = document.createElement('input')
  input.type = type
  input.autocomplete = 'off'
  input.spellcheck = false
  form.append(labelled(name, input))
  return input
}

function area(form: HTMLFormElement, name: string, value: string): HTMLTextAreaElement {
  const input = document.createElement('textarea')
  input.value = value
  input.rows = Math.min(12, value.split('\n').length + 1)
  input.spellcheck = false
  form.append(labelled(name, input))
  return input
}

function labelled(name: string, input: HTMLElement): HTMLLabelElement {
  const label = document.createElement('label')
  label.append(name, input)
  return label
}
