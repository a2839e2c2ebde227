import { GetReportQuery, Report } from '../schemas/index.ts'
import type { OperationTable } from './operation.ts'
import { counter } from './roles.ts'

/** Reports: the seats of a show, counted. */
export const REPORT_OPERATIONS = {
  getReport: {
    method: 'GET',
    path: '/v1/shows/{show}/report',
    tag: 'Journal',
    summary: 'Count the seats of a show by their properties',
    description:
      'By status, section, category, row, holder or the day of the sale, or by several of them. ' +
      'It reflects every command that was answered before it was asked for.',
    by: 'engine',
    roles: counter('journal'),
    query: GetReportQuery,
    units: 120,
    answers: { 200: Report },
    hasCsv: true,
    refusals: ['show_unknown'],
  },
} as const satisfies OperationTable
