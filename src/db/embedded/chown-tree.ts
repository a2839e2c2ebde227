import type { Account } from './account.ts'
import { runProgram } from './run-program.ts'

/**
 * Gives a directory with all that is in it to an account. The program of the system does it, which
 * goes down by open directories: whoever owns the tree cannot lead it elsewhere meanwhile.
 */
export async function chownTree(root: string, { uid, gid }: Account): Promise<void> {
  const args = ['-R', '-h', `${uid}:${gid}`, root]
  const { ok, output } = await runProgram('/bin/chown', args, null)
  if (!ok) throw new Error(`${root} cannot change hands: ${output}`)
}
