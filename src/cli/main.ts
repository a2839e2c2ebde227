#!/usr/bin/env node
/**
 * The program `rowlock`: the composition root. Only here the process is read and ended. Node's
 * version is looked at before anything else is loaded, which an old one could not even parse.
 */
const NODE_MIN = [24, 7] as const

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < NODE_MIN[0] || (major === NODE_MIN[0] && minor < NODE_MIN[1])) {
  process.stderr.write(
    `Rowlock needs Node.js ${NODE_MIN.join('.')} or later; this is ${process.versions.node}. ` +
      'The npm scripts bring it along: "npm start", "npm run rowlock -- check".\n',
  )
  process.exit(2)
}

const { run } = await import('./run.ts')
const { argv, env, stdin, stdout, stderr } = process
const code = await run({ argv: argv.slice(2), environment: env, stdin, stdout, stderr })
// What was written to a pipe may still be on its way.
await Promise.all([stdout, stderr].map((stream) => new Promise((done) => stream.write('', done))))
process.exit(code)
