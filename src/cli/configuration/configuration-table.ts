import { SETTINGS } from './settings.ts'

/** The table of all variables, in Markdown. */
export function configurationTable(): string {
  const rows = Object.entries(SETTINGS).map(([name, { fallback, about }]) => {
    const shown = /^[\w.]+$/.test(fallback) ? `\`${fallback}\`` : fallback
    return `| \`${name}\` | ${shown} | ${about.replaceAll('|', '\\|')} |`
  })
  return ['| variable | when not set | meaning |', '|---|---|---|', ...rows].join('\n')
}
