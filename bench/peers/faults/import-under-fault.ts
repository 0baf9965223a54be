import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Contender, ImportOrder } from '../contenders/contender.ts'
import { contenders } from '../contenders/contenders.ts'
import type { ContenderName } from '../contenders/contenders.ts'
import { EDITED } from './edited.ts'
import { faultCases } from './fault-cases.ts'
import { faultyGraph } from './faulty-graph.ts'
import { judge } from './judge.ts'
import type { Deviations } from './judge.ts'

export interface UnderFaultInput {
  readonly contender: ContenderName
  /** Name of a case. */
  readonly fault: string
  /** In the mailbox. */
  readonly contacts: number
  /** Milliseconds after which the import is stopped. */
  readonly limit: number
}

/** The outcome of an import under a fault. */
export interface UnderFault extends Deviations {
  /** `list`: the client reported success. `unfinished`: it had not ended at the limit. */
  readonly end: 'list' | 'failure' | 'unfinished'
  /** The client's message about its failure. */
  readonly how: string | null
  readonly seconds: number
  /** From the cancel to the end; null without a cancel. */
  readonly secondsToCancel: number | null
  /** In the list, copies included. */
  readonly contacts: number
  readonly wasTokenSent: boolean
  /** False: this client never sent the request that the fault affects. */
  readonly wasMet: boolean
  /** The peak memory of its process (MB), if it ran in a separate process. */
  readonly peakMemory?: number
}

/** One import by one client under one fault. */
export const importUnderFault = async (input: UnderFaultInput): Promise<UnderFault> => {
  const { limit } = input
  const fault = faultCases.find(({ name }) => name === input.fault)
  if (!fault) throw new Error(`There is no fault called ${input.fault}`)
  const contender = await contenders[input.contender]()

  const folder = await mkdtemp(join(tmpdir(), 'device-contacts-fault-'))
  const tokenFile = join(folder, 'token')
  const cancelled = new AbortController()
  const onCancel = () => cancelled.abort()
  const graph = await faultyGraph({ fault, contacts: input.contacts, tokenFile, onCancel })
  const platformFetch = globalThis.fetch
  globalThis.fetch = graph.fetch

  const list = new Map<string, { times: number; isEdited: boolean }>()
  let contacts = 0
  const keep = (id: string, contact: unknown) => {
    contacts++
    const { times = 0, isEdited = false } = list.get(id) ?? {}
    const text = JSON.stringify(contact)
    // An edited contact that has lost its name does not count as edited.
    const hasEdit = text.includes(EDITED) && text.includes(JSON.stringify(graph.nameOf(id)).slice(1, -1))
    list.set(id, { times: times + 1, isEdited: isEdited || hasEdit })
  }
  const ended = new AbortController()
  let cancelledAt = NaN
  cancelled.signal.addEventListener('abort', () => (cancelledAt = performance.now()))
  const start = performance.now()
  const order = { tokenFile, folder, signal: cancelled.signal, keep }
  try {
    const { end, how } = await Promise.race([
      (fault.isRefresh
        ? refresh(contender, order, graph.beforeRefresh)
        : contender.importContacts(order)
      ).then(
        () => ({ end: 'list', how: null }) as const,
        (error: unknown) => ({ end: 'failure', how: wordsOf(error) }) as const,
      ),
      sleep(limit, { end: 'unfinished', how: null } as const, { signal: ended.signal }),
    ])
    const now = performance.now()
    return {
      end,
      how,
      seconds: (now - start) / 1000,
      secondsToCancel: Number.isNaN(cancelledAt) ? null : (now - cancelledAt) / 1000,
      contacts,
      ...judge(list, graph.states(contender.allFolders)),
      wasTokenSent: graph.wasTokenSent(),
      wasMet: graph.wasMet(),
    }
  } finally {
    ended.abort()
    // A client that was stopped would otherwise continue and send requests to the real Graph.
    cancelled.abort()
    globalThis.fetch = platformFetch
    await graph.close()
    await rm(folder, { recursive: true, force: true })
  }
}

/** A client that cannot refresh imports everything again. */
const refresh = async (contender: Contender, order: ImportOrder, meanwhile: () => void): Promise<void> => {
  if (contender.refreshContacts) return contender.refreshContacts(order, meanwhile)
  await contender.importContacts({ ...order, keep: () => undefined })
  meanwhile()
  await contender.importContacts(order)
}

/** The first line of what an error says, with the HTTP status where it has one. */
const wordsOf = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error)
  const status = 'statusCode' in error && Number(error.statusCode) > 0 ? `${String(error.statusCode)} ` : ''
  return status + (error.message.split('\n', 1)[0] || error.name)
}
