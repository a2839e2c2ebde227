import {
  Block,
  BlockList,
  BlockSeatsBody,
  ListBlocksQuery,
  UnblockSeatsBody,
} from '../schemas/index.ts'
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
    units: 2,
    answers: { 200: Block, 201: Block },
    refusals: ['show_unknown', 'seats_unavailable'],
    examples: { example: { seats: ['J1', 'J2'], reason: 'house seats' } },
  },
  listBlocks: {
    method: 'GET',
    path: '/v1/shows/{show}/blocks',
    tag: 'Blocks',
    summary: 'List the blocks of a show',
    description:
      'Those that withhold seats now, in the order in which they were made: yours, or all of ' +
      'them for the box office. A block that was released is read by its id.',
    by: 'engine',
    roles: counter('block'),
    isOwned: true,
    query: ListBlocksQuery,
    hasCsv: true,
    exportUnits: 100,
    answers: { 200: BlockList },
    refusals: ['show_unknown'],
  },
  getBlock: {
    method: 'GET',
    path: '/v1/shows/{show}/blocks/{block}',
    tag: 'Blocks',
    summary: 'Get a block',
    by: 'engine',
    roles: counter('block'),
    isOwned: true,
    answers: { 200: Block },
    refusals: ['show_unknown', 'block_unknown'],
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
    units: 2,
    answers: { 200: Block },
    refusals: ['show_unknown', 'block_unknown', 'seats_not_in_block'],
    examples: { example: { seats: ['J2'] } },
  },
} as const satisfies OperationTable
