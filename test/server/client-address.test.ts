import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { clientAddress } from '../../src/server/limits/client-address.ts'

const CASES: readonly [string | undefined, string][] = [
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['::ffff:c000:207', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:db8:1:3::9', '2001:db8:1:3::/64'],
  ['::1', '0:0:0:0::/64'],
  ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  [undefined, 'unknown'],
  ['', 'unknown'],
  ['unix:/tmp/socket', 'unknown'],
  ['192.0.2.7:4711', 'unknown'],
  ['<script>', 'unknown'],
  ['x'.repeat(10_000), 'unknown'],
]

describe('the address that a caller is counted by', () => {
  for (const [ip, address] of CASES) {
    test(`of ${String(ip).slice(0, 30)} is ${address}`, () => {
      assert.equal(clientAddress({ ip }), address)
    })
  }
})
