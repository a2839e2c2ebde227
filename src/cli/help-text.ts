const WIDTH = 78

/**
 * The text below a command's help, for a terminal of 80 columns: paragraphs are filled, lines that
 * are indented (examples) stay as they are, and so does a title such as `Examples:`.
 */
export function helpText(text: string): string {
  return text
    .split('\n\n')
    .map((paragraph) => (isProse(paragraph) ? fill(paragraph, WIDTH) : paragraph))
    .join('\n\n')
}

function isProse(paragraph: string): boolean {
  return paragraph.split('\n').every((line) => !line.startsWith(' '))
}

/** Lines of at most so many columns; an opening line break is kept. */
export function fill(text: string, width: number): string {
  const opening = text.startsWith('\n') ? '\n' : ''
  const lines = ['']
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const line = lines.at(-1) ?? ''
    if (line.length + word.length + 1 > width) lines.push(word)
    else lines[lines.length - 1] = line === '' ? word : `${line} ${word}`
  }
  return opening + lines.join('\n')
}
