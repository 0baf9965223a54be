import { onTestFinished } from 'vitest'
import { type SandboxOptions, startSandbox } from '../../sandbox/index.ts'
import { graphSources } from '../../src/adapters/microsoft365/graph-sources.ts'
import { systemTimers, type Timers } from '../../src/adapters/http/timers.ts'

/** Waits take a hundredth of their time. */
const FASTER = 100

/** A clock that only waits move, so that a slow machine uses up no time of a retry. */
const fastTimers = (): Timers => {
  let now = Date.now()
  return {
    now: () => now,
    random: () => 0.5,
    wait: async (milliseconds, signal) => {
      const end = now + milliseconds
      await systemTimers.wait(milliseconds / FASTER, signal)
      now = Math.max(now, end)
    },
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
    limits: { request: 20_000 },
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
