import { createInterface } from 'node:readline'
import { Interruption } from './interruption.ts'
import type { Terminal } from './terminal.ts'

/**
 * Asks whoever sits at the terminal, and says whether the answer was "yes". An end of the input
 * (Ctrl-D) is no; Ctrl-C, which does not come as a signal here, is an `Interruption`.
 */
export function askForYes(terminal: Terminal, question: string): Promise<boolean> {
  const conversation = createInterface(terminal.conversation)
  const answer = new Promise<boolean>((resolve, reject) => {
    conversation.once('SIGINT', () => {
      terminal.complain('')
      reject(new Interruption('SIGINT'))
    })
    conversation.once('close', () => resolve(false))
    conversation.question(`${question} Type "yes": `, (text) => {
      resolve(text.trim().toLowerCase() === 'yes')
    })
  })
  return answer.finally(() => conversation.close())
}
