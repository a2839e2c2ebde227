import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Makes a certificate for `localhost` that nobody vouches for. Null when openssl is missing. */
export function makeCertificate(): { readonly key: string; readonly cert: string } | null {
  const directory = mkdtempSync(join(tmpdir(), 'rowlock-tls-'))
  const at = (name: string) => join(directory, name)
  const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  const files = ['-keyout', at('key'), '-out', at('pem'), '-days', '1', '-nodes']
  try {
    const args = ['req', '-x509', '-newkey', 'rsa:2048', ...subject, ...files]
    execFileSync('openssl', args, { stdio: 'ignore' })
    return { key: readFileSync(at('key'), 'utf8'), cert: readFileSync(at('pem'), 'utf8') }
  } catch {
    return null
  } finally {
    rmSync(directory, { recursive: true })
  }
}
