import { ERRORS } from '../../protocol/index.ts'
import { errorPage } from '../problem.ts'

/** Text to read before the first request; Markdown. */
export const DESCRIPTION = `Rowlock holds seats for a few minutes, turns a hold into a booking
exactly once, and puts the seats back on sale when time runs out.

**Selling seats.** Show what is free with \`/v1/shows/{show}/availability\`, or draw the \`map\`
with its \`statuses\`. Then hold seats, take the payment, and confirm the hold. A hold that you
don't confirm ends at \`expiresAt\`, by the database's clock.

**Retries.** Send an \`Idempotency-Key\` with every write, and a new one for each new intention. A
request repeated with the same key has one effect and gets the same answer, marked
\`Idempotency-Replayed: true\`. If you get \`503\` with \`outcome_unknown\`, or no answer at all,
repeat the request with the same key. Without an API key, your idempotency keys must have 20 to 255
characters: use a UUID.

**Authentication.** Send \`Authorization: Bearer\` with an API key, the operator key, or the access
token of a session (\`POST /v1/sessions\`). Pages served by Rowlock itself sign in with cookies,
and send \`Rowlock-Csrf: 1\` with every write. Shoppers may stay anonymous: the id of their hold is
its key. Nobody but the box office can reach what a user or an API key holds and books; to
everybody else it doesn't exist.

**Rate limits.** \`RateLimit-Policy\` and \`RateLimit\` tell you how many requests are allowed and
how many are left. After a \`429\`, wait as long as \`Retry-After\` says. Each server counts
separately.

**Errors** are \`application/problem+json\` (RFC 9457) with a stable \`code\`. \`seats\` lists the
seats that were in the way, \`mistakes\` what was wrong with the request. A refused request changes
nothing.

**Pagination.** To get the next page, send \`next\` as \`cursor\`. On the last page \`next\` is
null.

**Caching.** Availability, statuses and maps come with an \`ETag\`. Send it as \`If-None-Match\`,
and you get a \`304\` if nothing has changed.

**Monitoring.** \`/health/live\`, \`/health/ready\`, \`/health\`, and \`/metrics\` for Prometheus.

<details><summary>All error codes</summary>

| code | status | meaning |
|---|---|---|
${codeTable()}

</details>
`

function codeTable(): string {
  return Object.entries(ERRORS)
    .map(
      ([code, { status, title }]) => `| [\`${code}\`](${errorPage(code)}) | ${status} | ${title} |`,
    )
    .join('\n')
}
