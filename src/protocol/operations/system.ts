import { SystemState } from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { OPERATORS } from './roles.ts'

/** Operations that tell how a server is. The health routes and the metrics are for machines. */
export const SYSTEM_OPERATIONS = {
  getSystem: {
    method: 'GET',
    path: '/v1/system',
    tag: 'System',
    summary: 'Get the state of the server',
    description:
      'The state of the server that answers; other servers on the same database keep their own ' +
      'count. Answers 200 even while the database cannot be reached.',
    by: 'server',
    roles: OPERATORS,
    units: 3,
    answers: { 200: SystemState },
    refusals: [],
  },
} as const satisfies OperationTable
