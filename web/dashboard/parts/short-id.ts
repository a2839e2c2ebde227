/** `user_3f9a1c07…` → `user 3f9a1c`, `anonymous:8c3c…` → `shopper 8c3c…`; all else as it is. */
export function shortId(id: string): string {
  return id
    .replace(/^anonymous:(.{6}).*$/, 'shopper $1')
    .replace(/^(user|key|session|venue|plan|webhook)_([0-9a-f]{6})[0-9a-f]{26}$/, '$1 $2')
}
