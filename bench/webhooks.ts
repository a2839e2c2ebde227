/**
 * `npm run bench:webhooks`: what webhooks cost a sale, how soon events arrive, what looking for
 * work costs when there is none, whether bad receivers make others late, and whether anything is
 * lost when servers are killed. Sizes may be given; see `USAGE`.
 */
import { commit } from './machine.ts'
import { readOptions } from './options.ts'
import { cost } from './webhooks/cost.ts'
import { hostile } from './webhooks/hostile.ts'
import { hotPath } from './webhooks/hot-path.ts'
import { idle } from './webhooks/idle.ts'
import { kills } from './webhooks/kills.ts'
import { lag } from './webhooks/lag.ts'
import { Stage } from './webhooks/stage.ts'
import { withWorld } from './world.ts'

const USAGE = `npm run bench:webhooks -- hot-path [rounds 4] [seconds 5]
                            cost [events 20000]
                            lag [cycles a second 1000] [seconds 20]
                            idle [shows 10000] [seconds 20]
                            hostile
                            kills [kills 100] [events 100000]
with --profile DIR last: CPU profiles of the servers go there`
const isProfiled = process.argv.at(-2) === '--profile'
const [what = '', ...sizes] = process.argv.slice(2, isProfiled ? -2 : undefined)
const size = (index: number, usual: number) => Number(sizes[index] ?? usual)
const WORK: Readonly<Record<string, (stage: Stage) => Promise<unknown>>> = {
  'hot-path': (stage) => hotPath(stage, size(0, 4), size(1, 5)),
  cost: (stage) => cost(stage, size(0, 20_000)),
  lag: (stage) => lag(stage, size(0, 1_000), size(1, 20)),
  idle: (stage) => idle(stage, size(0, 10_000), size(1, 20)),
  hostile,
  kills: (stage) => kills(stage, size(0, 100), size(1, 100_000)),
}

const work = WORK[what]
const options = readOptions(isProfiled ? process.argv.slice(-2) : [])
if (work === undefined || options === null) {
  console.log(USAGE)
  process.exitCode = 2
} else {
  await withWorld(options, async (world) => {
    const stage = new Stage(world)
    console.log(`commit ${commit()}, node ${process.version}`)
    try {
      if ((await work(stage)) === false) process.exitCode = 1
    } finally {
      await stage.close()
    }
  })
}
