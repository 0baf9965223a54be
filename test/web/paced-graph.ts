import type { BrowserContext, Request } from 'playwright-core'
import type { PacedService } from '../../examples/web/page-driver.ts'
import type { CommandType } from '../../src/index.ts'
import type { Sandbox } from '../../sandbox/index.ts'
import { fillMailbox } from '../model/fill-mailbox.ts'

/** Which requests of an attempt the service answers by now. Each lets pass what those before it do. */
const phases = ['nothing', 'counting', 'pages', 'all'] as const
type Phase = (typeof phases)[number]

/** The first phase in which a request is answered. */
const phaseOf = (request: Request): Phase => {
  // A page puts links into batches, each of its own.
  const asked = decodeURIComponent(`${request.url()} ${request.postData() ?? ''}`)
  if (/\/me\/contacts\?.*displayName/.test(asked)) return 'pages'
  // Deltas end a listing; the first of them only begins to watch it. Batches of contacts with long notes belong to its pages.
  return /deltatoken=(?!latest)/.test(asked) ? 'all' : 'counting'
}

interface Held {
  readonly phase: Phase
  readonly go: () => void
}

/** A Graph whose answers wait for the steps of a path, between a page and the sandbox. */
export const pacedGraph = async (context: BrowserContext, sandbox: Sandbox) => {
  const mailbox = sandbox.mailbox('user')
  const original = mailbox.contacts().map(({ immutableId }) => immutableId)
  let phase: Phase = 'nothing'
  let held: Held[] = []
  /** Whether the next delta that is asked for is answered, although the listing does not end. */
  let letsDelta = false
  let asksForChanges = false
  const passes = (needed: Phase) => phases.indexOf(needed) <= phases.indexOf(phase)

  await context.route(
    (url) => url.href.startsWith(sandbox.graphUrl),
    async (route) => {
      const needed = phaseOf(route.request())
      if (needed === 'all' && letsDelta) letsDelta = false
      else if (!passes(needed)) await new Promise<void>((go) => held.push({ phase: needed, go }))
      // The page has given up a request of an attempt that is over.
      await route.continue().catch(() => undefined)
    },
  )
  const answerDelta = (): void => {
    const first = held.find(({ phase }) => phase === 'all')
    held = held.filter((each) => each !== first)
    if (first === undefined) letsDelta = true
    else first.go()
  }
  const enter = (next: Phase): void => {
    phase = next
    const going = held.filter(({ phase }) => passes(phase))
    held = held.filter((each) => !going.includes(each))
    for (const { go } of going) go()
  }
  const service: PacedService = {
    count: async (wanted) => {
      fillMailbox(mailbox, wanted, original)
      // A refresh asks for changes first. Its links do not work any more, so it lists everything.
      sandbox.settings.change({ faults: [{ kind: 'delta-lost', issuedBefore: 'now' }] })
      if (asksForChanges) answerDelta()
      enter('counting')
    },
    page: async () => enter('pages'),
    change: async () => {
      const [changed] = mailbox.contacts()
      if (changed !== undefined) mailbox.change(changed.immutableId, { displayName: 'Changed' })
      answerDelta()
    },
    finish: async () => enter('all'),
    refuse: async () => {
      sandbox.settings.change({ faults: [{ kind: 'status', status: 403 }] })
      enter('all')
    },
  }
  return {
    service,
    /** A new attempt begins: nothing is answered yet. */
    begin: (by: CommandType): void => {
      asksForChanges = by === 'refresh'
      letsDelta = false
      sandbox.settings.change({ faults: [] })
      phase = 'nothing'
      held = []
    },
  }
}
