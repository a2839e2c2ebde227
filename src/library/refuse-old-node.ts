import { NODE_PROBLEM } from '../runtime/index.ts'

if (NODE_PROBLEM !== null) throw new Error(NODE_PROBLEM)
