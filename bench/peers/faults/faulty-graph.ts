import { writeFile } from 'node:fs/promises'
import { startSandbox } from '../../../sandbox/index.ts'
import { answerFaults } from '../../../sandbox/faults/faulty-answer.ts'
import { isLie } from '../../../sandbox/faults/lies.ts'
import type { Item } from '../../../sandbox/index.ts'
import { GRAPH } from '../../graph/graph-fetch.ts'
import { STRANGER } from './addresses.ts'
import { EDITED } from './edited.ts'
import type { FaultCase } from './fault-case.ts'
import type { MailboxState } from './judge.ts'
import { strangeServer } from './strange-server.ts'

export interface FaultyGraphOptions {
  readonly fault: FaultCase
  readonly contacts: number
  /** The file to write the token to. It is rewritten when the token is refused. */
  readonly tokenFile: string
  readonly onCancel: () => void
}

export interface FaultyGraph {
  /** The `fetch` of all clients, for Graph and any other address. */
  readonly fetch: typeof fetch
  /** The states of the mailbox so far: of all folders, or of the default folder alone. */
  states(allFolders: boolean): readonly MailboxState[]
  /** Whether a request met the fault: a request for the second page, unless the case says otherwise. */
  readonly wasMet: () => boolean
  /** The name of a contact in the mailbox. */
  readonly nameOf: (id: string) => string
  /** Makes the changes of the case between its import and its refresh, and starts its faults. */
  readonly beforeRefresh: () => void
  /** Whether a token was sent to a server that does not belong to Graph. */
  readonly wasTokenSent: () => boolean
  close(): Promise<void>
}

/** A Graph in this process with one fault. */
export const faultyGraph = async (options: FaultyGraphOptions): Promise<FaultyGraph> => {
  const { fault, contacts, tokenFile, onCancel } = options
  const sandbox = await startSandbox({
    contacts,
    folders: 0,
    distributionLists: 0,
    linkOrigin: GRAPH,
    ...fault.settings,
  })
  const stranger = await strangeServer()
  let token = sandbox.issueToken('user')
  let written = writeFile(tokenFile, token)
  // Requests in flight together are refused with the same token. They all wait for one renewal.
  const renewToken = (authorization: string | null) => {
    if (authorization === `Bearer ${token}`) {
      token = sandbox.issueToken('user')
      written = writeFile(tokenFile, token)
    }
    return written
  }
  await written

  const mailbox = sandbox.mailbox('user')
  const scene = { mailbox, other: mailbox.addFolder('Clients').id }
  const faults = typeof fault.faults === 'function' ? fault.faults(scene) : (fault.faults ?? [])
  const inflict = () => sandbox.settings.change({ faults: [...faults] })
  if (!fault.isRefresh) inflict()
  const whole: MailboxState[] = []
  const byDefault: MailboxState[] = []
  const remember = () => {
    whole.push(stateOf(mailbox.contacts()))
    byDefault.push(stateOf(mailbox.items(mailbox.defaultFolder.id)))
  }
  remember()

  const letHappen = () => {
    for (const step of fault.meanwhile ?? []) {
      step(scene)
      remember()
    }
  }
  let isSecondPageAhead = !fault.isRefresh
  const beforeSecondPage = () => {
    if (!isSecondPageAhead) return
    isSecondPageAhead = false
    letHappen()
  }

  // A part of a batch has no connection of its own, so faults of a connection do not affect it.
  const isOfRequest = faults.some((one) => !isLie(one) && !answerFaults.has(one.kind))
  const isMeeting = (path: string) => fault.met?.by.test(path) ?? isSecondPage(path)
  let isFirstRefusal = true
  const timers: NodeJS.Timeout[] = []
  const afterRefusal = (retryAfter: string | null) => {
    if (!isFirstRefusal) return
    isFirstRefusal = false
    const lift = () => sandbox.settings.change({ faults: [] })
    if (fault.untilWaited) timers.push(setTimeout(lift, millisecondsUntil(retryAfter)))
    if (fault.cancelAfter !== undefined) timers.push(setTimeout(onCancel, fault.cancelAfter))
  }

  const places: Readonly<Record<string, string>> = { [GRAPH]: sandbox.origin, [STRANGER]: stranger.origin }
  const plainFetch = fetch
  return {
    fetch: async (input, init) => {
      const address = input instanceof Request ? input.url : String(input)
      const { origin } = new URL(address)
      const target = (places[origin] ?? origin) + address.slice(origin.length)
      const body = typeof init?.body === 'string' ? init.body : ''
      if (isSecondPage(address) || isSecondPage(body)) beforeSecondPage()
      const response = await plainFetch(input instanceof Request ? new Request(target, input) : target, init)
      if (response.status === 401) await renewToken(authorizationOf(input, init))
      if (response.status === 429) afterRefusal(response.headers.get('retry-after'))
      return response
    },
    states: (allFolders) => (allFolders ? whole : byDefault),
    wasMet: () =>
      sandbox.requests.entries.some(({ path, batched }) => isMeeting(path) && !(batched && isOfRequest)),
    nameOf: (id) => mailbox.find(id)?.fields.displayName ?? '',
    beforeRefresh: () => {
      remember()
      letHappen()
      // After a refresh, only the current state is right.
      for (const states of [whole, byDefault]) states.splice(0, states.length - 1)
      sandbox.requests.clear()
      inflict()
    },
    wasTokenSent: stranger.hasToken,
    close: async () => {
      for (const timer of timers) clearTimeout(timer)
      stranger.close()
      await sandbox.close()
    },
  }
}

/** Whether an address, or the body of a batch, requests the second page. */
const isSecondPage = (text: string): boolean => /(\$|%24)skip(=|%3d)1000/i.test(text)

const stateOf = (items: readonly Item[]): MailboxState =>
  new Map(items.map(({ immutableId, fields }) => [immutableId, fields.jobTitle === EDITED]))

const millisecondsUntil = (retryAfter: string | null): number => {
  const seconds = Number(retryAfter)
  return Number.isNaN(seconds) ? Date.parse(retryAfter ?? '') - Date.now() : seconds * 1000
}

const authorizationOf = (input: string | URL | Request, init?: RequestInit): string | null =>
  new Headers(init?.headers ?? (input instanceof Request ? input.headers : {})).get('authorization')
