import { ERRORS, type ErrorCode } from '../../src/protocol/index.ts'
import { OPERATION_IDS, specOf } from '../../src/protocol/operations/index.ts'
import type { House } from '../../test/server/refusals/house.ts'
import { PROVOCATIONS } from '../../test/server/refusals/index.ts'
import { askUnknown, OF_EVERY, ONCE } from '../../test/server/refusals/of-all.ts'
import type { Provoke } from '../../test/server/refusals/provocation.ts'
import type { Told } from '../../test/support/call-operation.ts'
import type { Recorder } from './recorder.ts'

/** Asks for each code that the story did not come upon. Some take a server that is not well. */
export async function recordRefusals({ refusals }: Recorder, house: House): Promise<void> {
  for (const code of Object.keys(ERRORS) as ErrorCode[]) {
    if (refusals[code] !== undefined) continue
    const told = await provoke(house, code)
    if (told !== null && told.body?.code !== code) {
      throw new Error(`not ${code}, but ${JSON.stringify(told)}`)
    }
    if (told !== null) refusals[code] = told.body
  }
}

async function provoke(house: House, code: ErrorCode): Promise<Told | null> {
  const once = ONCE[code]
  if (once) return await once(house)
  const [name] = code.split('_unknown')
  for (const id of OPERATION_IDS) {
    const own = (PROVOCATIONS as Record<string, Record<string, Provoke>>)[id]?.[code]
    if (own) return await own(house)
    if (specOf(id).path.endsWith(`{${name}}`)) return await askUnknown(house, id, name ?? '')
  }
  return (await OF_EVERY[code]?.(house, 'holdSeats')) ?? null
}
