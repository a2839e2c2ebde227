/** A function about one show, which Citus sends to the node that has the show. */
export interface EntryPoint {
  readonly signature: string
  /** With names and defaults, as the function's file has them. */
  readonly parameters: string
  readonly result: string
  readonly returnsRows?: true
}

/** The show comes first in each, as `p_show` or `p_show_id`. */
export const ENTRY_POINTS: readonly EntryPoint[] = [
  {
    signature: 'rowlock.apply_at(bigint, json, bigint)',
    parameters: 'p_show bigint, p_commands json, p_server_ms bigint default null',
    result: 'json',
  },
  {
    signature: 'rowlock.read_show(bigint, bigint)',
    parameters: 'p_show_id bigint, p_since bigint',
    result: 'json',
  },
  {
    signature: 'rowlock.violations(bigint)',
    parameters: 'p_show_id bigint',
    result: 'table (promise int, rule text, detail text)',
    returnsRows: true,
  },
  {
    signature: 'rowlock.check_show(bigint)',
    parameters: 'p_show_id bigint',
    result: 'jsonb',
  },
  {
    signature: 'rowlock.reset_show(bigint, text)',
    parameters: 'p_show_id bigint, p_actor text',
    result: 'bigint',
  },
  {
    signature: 'rowlock.prune_show(bigint, interval)',
    parameters: 'p_show_id bigint, p_keep interval',
    result: 'jsonb',
  },
]

/** The function that goes to the kernel of the show's shard, instead of that of `sql/functions`. */
export function dispatcherOf(point: EntryPoint, hash: string): string {
  const name = point.signature.replace(/^rowlock\.|\(.*$/g, '')
  const names = point.parameters.split(', ').map((parameter) => parameter.split(' ')[0] as string)
  const places = names.map((_, index) => `$${index + 1}`).join(', ')
  const call = `format('select ${point.returnsRows ? 'found.* from ' : ''}%s.${name}(${places})${
    point.returnsRows ? ' as found' : ''
  }', rowlock.kernel_of(${names[0]}, '${hash}'))
    ${point.returnsRows ? '' : 'into v_answer '}using ${names.join(', ')}`
  const type = point.returnsRows ? '' : `declare v_answer ${point.result};`
  return `
create or replace function rowlock.${name}(${point.parameters}) returns ${point.result}
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '1s'
as $$
${type}
begin
  ${point.returnsRows ? 'return query ' : ''}execute ${call};
  ${point.returnsRows ? '' : 'return v_answer;'}
end
$$`
}
