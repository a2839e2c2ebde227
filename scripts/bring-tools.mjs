/**
 * Installs what lint, types, builds and tests take (`devDependencies`: a browser, a compiler, a
 * linter, frameworks), which `npm ci` leaves out so that a server starts with half of it. After
 * `npm config set include dev` it brings them along, and this finds nothing to do.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

/** Tells whether a package that is named for development there is not installed. */
function lacksTools(manifest) {
  const { devDependencies = {} } = JSON.parse(readFileSync(`${ROOT}${manifest}`, 'utf8'))
  return Object.keys(devDependencies).some((name) => !existsSync(`${ROOT}node_modules/${name}`))
}

if (lacksTools('package.json') || lacksTools('packages/seat-map/package.json')) {
  console.error('Installing what lint, builds and tests take …')
  // A line of text: npm is a shell script on Windows. Without --no-save it could write the lockfile.
  const { status } = spawnSync('npm install --include=dev --no-save', {
    cwd: ROOT,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: true,
  })
  if (status !== 0) {
    console.error('That failed. Try yourself: npm ci --include=dev')
    process.exit(1)
  }
}
