import { NODE_PROBLEM } from './node-version.ts'

if (NODE_PROBLEM !== null) throw new Error(NODE_PROBLEM)
