import { Block, BlockSeatsBody, UnblockSeatsBody } from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { counter } from './roles.ts'

/** Blocks: seats withheld from sale. */
export const BLOCK_OPERATIONS = {
  blockSeats: {
    method: 'POST',
    path: '/v1/shows/{show}/blocks',
    tag: 'Blocks',
    summary: 'Block seats',
    by: 'engine',
    roles: counter('block'),
    command: 'block',
    body: BlockSeatsBody,
    answers: { 200: Block, 201: Block },
    refusals: ['show_unknown', 'seats_unavailable'],
    examples: { example: { seats: ['J1', 'J2'], reason: 'house seats' } },
  },
  unblockSeats: {
    method: 'POST',
    path: '/v1/shows/{show}/blocks/{block}/release',
    tag: 'Blocks',
    summary: 'Release a block, or some of its seats',
    description: 'Answers the block as it is then, however often it is asked.',
    by: 'engine',
    roles: counter('block'),
    command: 'unblock',
    body: UnblockSeatsBody,
    bodyOptional: true,
    answers: { 200: Block },
    refusals: ['show_unknown', 'block_unknown', 'seats_not_in_block'],
    examples: { example: { seats: ['J2'] } },
  },
} as const satisfies OperationTable
