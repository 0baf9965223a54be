import { onTestFinished } from 'vitest'
import { type SandboxOptions, startSandbox } from '../../sandbox/index.ts'
import { graphSources } from '../../src/adapters/microsoft365/graph-sources.ts'
import { systemTimers, type Timers } from '../../src/adapters/http/timers.ts'

/** A clock that runs a hundred times as fast: the second that the sandbox asks to wait takes 10 ms. */
const FASTER = 100
const fastTimers = (): Timers => {
  const start = Date.now()
  return {
    now: () => start + (Date.now() - start) * FASTER,
    random: () => 0.5,
    wait: (milliseconds, signal) => systemTimers.wait(milliseconds / FASTER, signal),
  }
}

/** A sandbox tenant and a device that may read its photos over HTTP. */
export const photoSandbox = async (options: Partial<SandboxOptions> = {}) => {
  const sandbox = await startSandbox({ contacts: 120, folders: 2, ...options })
  let token = sandbox.issueToken('user')
  const sources = graphSources({
    graphUrl: sandbox.graphUrl,
    tokens: {
      accessToken: async ({ refused }) => {
        if (refused === token) token = sandbox.issueToken('user')
        return token
      },
    },
    timers: fastTimers(),
    limits: { request: 2_000 },
  })
  const mailbox = sandbox.mailbox('user')
  const contacts = mailbox.contacts()
  const pictured = contacts.filter((item) => mailbox.photos.of(item) !== null)
  return {
    sandbox,
    ...sources,
    mailbox,
    pictured,
    plain: contacts.filter((item) => !pictured.includes(item)),
    ask: (ids: readonly string[]) => sources.photos.photos(ids, new AbortController().signal),
    /** Requests over HTTP, a batch being one. */
    sent: () => sandbox.requests.entries.filter(({ path, batched }) => path.startsWith('/v1.0') && !batched),
  }
}

/** The same for the current test only. */
export const photoSandboxOfTest = async (options?: Partial<SandboxOptions>) => {
  const started = await photoSandbox(options)
  onTestFinished(() => started.sandbox.close())
  return started
}
