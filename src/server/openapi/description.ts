import { ERRORS } from '../../protocol/index.ts'
import { errorPage } from '../problem.ts'

/** Text to read before the first request; Markdown. */
export const DESCRIPTION = `It holds seats for a few minutes, turns a hold into a booking exactly
once, and gives seats back when time runs out.

**The way of a sale.** Look at \`/v1/shows/{show}/availability\` or draw the \`map\` with its
\`statuses\`; hold seats; take the money; confirm the hold. A hold that is not confirmed ends by
itself at \`expiresAt\`, by the database's clock.

**Retries.** Send an \`Idempotency-Key\` with every write, a new one for each thing you want done:
the same request with the same key has one effect and gets the same answer, marked
\`Idempotency-Replayed: true\`. After a \`503\` with \`outcome_unknown\`, or without any answer, ask
again with the same key. Keys of callers without an API key must be 20 to 255 characters: a UUID.

**Who asks.** \`Authorization: Bearer\` with the access token of a session (\`POST
/v1/sessions\`), the secret of an API key or the operator key; pages of the server itself sign in
with cookies, and send \`Rowlock-Csrf: 1\` with every write. Shoppers may stay anonymous: the id
of a hold is then its key. What a user or an API key holds and books is reached by nobody else but
the box office: to others it does not exist.

**Limits.** \`RateLimit-Policy\` and \`RateLimit\` say how many requests are allowed and left; a
\`429\` says in \`Retry-After\` when to go on. Every server counts for itself.

**Refusals** are \`application/problem+json\` (RFC 9457) with a stable \`code\`; what was in the way
is in \`seats\`, what was wrong with the request in \`mistakes\`. A refused command changed nothing.

**Lists** come in pages: pass \`next\` on as \`cursor\` until it is null.

**Reads** of availability, statuses and map carry an \`ETag\`: send it back as \`If-None-Match\` and
get a \`304\` when nothing changed.

**Operations:** \`/health/live\`, \`/health/ready\`, \`/health\` and \`/metrics\` (Prometheus).

<details><summary>Every error code</summary>

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
