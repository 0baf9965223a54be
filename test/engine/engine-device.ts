import type { Fault, Sandbox, SettingsChange } from '../../sandbox/index.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { type HttpLimits } from '../../src/adapters/http/limits.ts'
import { systemTimers, type Timers } from '../../src/adapters/http/timers.ts'
import type { Contact, Json } from '../../src/index.ts'
import { readSource, type SourceReading } from '../../src/testing/read-source.ts'
import { ChangingMailbox } from './changing-mailbox.ts'

/** A clock that runs a thousand times as fast: what the product waits for takes a thousandth of it. */
const FASTER = 1000
export const fastTimers = (): Timers => {
  const start = Date.now()
  return {
    now: () => start + (Date.now() - start) * FASTER,
    random: () => 0.5,
    wait: (milliseconds, signal) => systemTimers.wait(milliseconds / FASTER, signal),
  }
}

/** Settings that an earlier test may have changed. */
const defaults: SettingsChange = { faults: [], deltaLatest: 'anchor', hardDelete: false, defaultFolder: true }

export interface EngineDeviceOptions {
  readonly seed?: number
  readonly fetch?: typeof fetch
  readonly graphUrl?: string
  readonly limits?: Partial<HttpLimits>
  readonly pageSize?: number
  readonly changesFolders?: boolean
  readonly extendedProperties?: boolean
}

/** A device beside a sandbox tenant with a newly filled mailbox: what it holds, and what its person holds. */
export const engineDevice = (
  sandbox: Sandbox,
  settings: SettingsChange,
  options: EngineDeviceOptions = {},
) => {
  const { seed = 1, pageSize = 6, graphUrl = sandbox.graphUrl, limits, changesFolders = false } = options
  sandbox.settings.change({ ...defaults, ...settings, seed })
  const changing = new ChangingMailbox(sandbox, seed, changesFolders)
  let token = sandbox.issueToken('user')
  const sent: string[] = []
  const sourceWith = ({ extendedProperties = false }: Pick<EngineDeviceOptions, 'extendedProperties'>) =>
    graphContactSource({
      graphUrl,
      tokens: {
        accessToken: async ({ refused }) => {
          if (refused === token) token = sandbox.issueToken('user')
          return token
        },
      },
      pageSize,
      extendedProperties,
      // A time limit of real time: a slow machine may take it for a fault, and tries again.
      limits: { request: 1_000, ...limits },
      timers: fastTimers(),
      fetch: async (address, init) => {
        sent.push(`${init?.method ?? 'GET'} ${address as string}`)
        return (options.fetch ?? fetch)(address, init)
      },
    })
  const source = sourceWith(options)
  let list: ReadonlyMap<string, Contact> = new Map()
  let cursor: Json = null
  return {
    changing,
    mailbox: changing.mailbox,
    source,
    /** One more source over the same mailbox: the device after this option was switched. */
    sourceWith,
    /** From now on the sandbox has these faults and no others. */
    inflict: (...faults: Fault[]) => sandbox.settings.change({ faults }),
    /** The id of a folder that is not the default one. */
    otherFolder: (place = 0): string => {
      const others = changing.mailbox.folders.filter(({ id }) => id !== changing.mailbox.defaultFolder.id)
      const folder = others.at(place)
      if (folder === undefined) throw new Error('There are not that many folders')
      return folder.id
    },
    /** Requests over HTTP, a batch being one. */
    sent,
    list: () => list,
    cursor: () => cursor,
    /** What is known of the mailbox becomes this. */
    remember: (changed: Json) => (cursor = changed),
    /** Reads the mailbox, or what changed in it since the last time. */
    read: async (): Promise<SourceReading> => {
      const reading = await readSource(source, { list, changesSince: cursor, onDevice: list })
      list = reading.contacts
      cursor = reading.finished?.cursor ?? null
      return reading
    },
    /** Whether the list is the mailbox, id by id and field by field. */
    isExact: () => {
      changing.begin()
      return changing.held(list)
    },
  }
}

/** The clock of `engineDevice` is fast: a slow machine needs longer for four tries than its time for retries allows. */
export const patientDevice = (
  sandbox: Sandbox,
  settings: SettingsChange,
  { limits, ...options }: EngineDeviceOptions = {},
) => engineDevice(sandbox, settings, { ...options, limits: { retries: 20_000_000, ...limits } })

export type EngineDevice = ReturnType<typeof engineDevice>
