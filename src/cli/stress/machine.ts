import { availableParallelism, cpus, totalmem, type } from 'node:os'

const GIBIBYTE = 2 ** 30

/** Describes the machine in words: figures mean nothing without it. */
export function describeMachine(): string {
  const model = cpus()[0]?.model.trim() || 'an unknown processor'
  const cores = availableParallelism()
  const memory = Math.round(totalmem() / GIBIBYTE)
  const many = cores === 1 ? '1 core' : `${cores} cores`
  return `${many} of ${model}, ${memory} GiB, ${type()}, Node.js ${process.versions.node}`
}
