#!/usr/bin/env node
/**
 * The program `rowlock`: the composition root. Only here the process is read and ended. Node's
 * version is looked at before anything else is loaded, which an old one could not even parse.
 */
import module from 'node:module'
import { fileURLToPath } from 'node:url'
import { NODE_PROBLEM } from '../runtime/index.ts'

if (NODE_PROBLEM !== null) {
  // Where it was installed as a package there are no scripts of ours.
  const advice = /[\\/]node_modules[\\/]/.test(fileURLToPath(import.meta.url))
    ? 'Install it from https://nodejs.org.'
    : 'The npm scripts bring it along: "npm start", "npm run rowlock -- check".'
  process.stderr.write(`${NODE_PROBLEM} ${advice}\n`)
  process.exit(2)
}

// Keeps what was compiled, types taken out, for the next start: among our own files, as the usual
// place is a temporary directory, which others could fill first. Coverage would be told less.
const compiled = new URL('node_modules/.cache/rowlock/', import.meta.resolve('#package.json'))
if (!process.env.NODE_V8_COVERAGE) module.enableCompileCache(fileURLToPath(compiled))

const { run } = await import('./run.ts')
const { argv, env, stdin, stdout, stderr } = process
const code = await run({ argv: argv.slice(2), environment: env, stdin, stdout, stderr })
// What was written to a pipe may still be on its way.
await Promise.all([stdout, stderr].map((stream) => new Promise((done) => stream.write('', done))))
process.exit(code)
