import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { authority } from './office-tenant.ts'

const fixture = fileURLToPath(new URL('import.fixture.mjs', import.meta.url))

/** Settings of the person who runs the tests, which must have no effect. */
const ownSettings =
  /^(https?_proxy|all_proxy|no_proxy|node_use_env_proxy|node_extra_ca_certs|ssl_cert_.*|node_options)$/i

export interface ImportOutcome {
  readonly state: string
  readonly code: string | null
  readonly details: Readonly<Record<string, unknown>>
  readonly contacts: number
  /** Everything that the process has written. */
  readonly said: string
}

/** Runs an import in a process of its own, because Node reads some settings only when it starts. */
export const importInTheOffice = (
  settings: Readonly<Record<string, string>>,
  { graph = 'https://graph.example.test' } = {},
): Promise<ImportOutcome> => {
  const own = Object.entries(process.env).filter(([name]) => !ownSettings.test(name))
  const env = { ...Object.fromEntries(own), ...settings }
  return new Promise((resolve, reject) => {
    execFile(process.execPath, [fixture, authority, graph], { env }, (error, stdout, stderr) => {
      if (error) reject(new Error(stdout + stderr))
      else resolve({ ...(JSON.parse(stdout) as Omit<ImportOutcome, 'said'>), said: stdout + stderr })
    })
  })
}
