import type { Fault, Sandbox, SettingsChange } from '../../sandbox/index.ts'
import { graphContactSource } from '../../src/adapters/microsoft365/mailbox/graph-contact-source.ts'
import { type HttpLimits } from '../../src/adapters/http/limits.ts'
import { systemTimers, type Timers } from '../../src/adapters/http/timers.ts'
import type { Json, SourceContact } from '../../src/index.ts'
import { readSource, type SourceReading } from '../../src/testing/read-source.ts'
import { ChangingMailbox } from './changing-mailbox.ts'

/** The clock runs a thousand times as fast, so every wait of the product takes a thousandth of its time. */
const FASTER = 1000
export const fastTimers = (): Timers => {
  const start = Date.now()
  return {
    now: () => start + (Date.now() - start) * FASTER,
    random: () => 0.5,
    wait: (milliseconds, signal) => systemTimers.wait(milliseconds / FASTER, signal),
  }
}

/** The response of a server whose clock runs as fast: the product compares the two. */
const withTime = (response: Response, now: number): Response => {
  const headers = new Headers(response.headers)
  if (headers.has('date')) headers.set('date', new Date(now).toUTCString())
  return Object.defineProperty(response, 'headers', { value: headers })
}

/** Settings that an earlier test may have changed. */
const defaults: SettingsChange = { faults: [], deltaLatest: 'anchor', hardDelete: false, defaultFolder: true }

export interface EngineDeviceOptions {
  readonly seed?: number
  readonly fetch?: typeof fetch
  readonly graphUrl?: string
  readonly limits?: Partial<HttpLimits>
  readonly pageSize?: number
  readonly mostItems?: number
  readonly changesFolders?: boolean
  readonly extendedProperties?: boolean
  readonly sparesPreflights?: boolean
}

/** A device and a sandbox tenant with a newly filled mailbox. */
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
  const { sparesPreflights = false } = options
  const sourceWith = ({ extendedProperties = false }: Pick<EngineDeviceOptions, 'extendedProperties'>) => {
    const timers = fastTimers()
    return graphContactSource({
      graphUrl,
      tokens: {
        accessToken: async ({ refused }) => {
          if (refused === token) token = sandbox.issueToken('user')
          return token
        },
      },
      pageSize,
      extendedProperties,
      sparesPreflights,
      ...(options.mostItems !== undefined && { mostItems: options.mostItems }),
      // This limit is in real time: a slow machine is no fault.
      limits: { request: 60_000, ...limits },
      timers,
      fetch: async (address, init) => {
        sent.push(`${init?.method ?? 'GET'} ${address as string}`)
        return withTime(await (options.fetch ?? fetch)(address, init), timers.now())
      },
    })
  }
  const source = sourceWith(options)
  let list: ReadonlyMap<string, SourceContact> = new Map()
  let cursor: Json = null
  return {
    changing,
    mailbox: changing.mailbox,
    source,
    /** Another source for the same mailbox, as after a change of this option. */
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
    /** Requests over HTTP. A batch counts as one. */
    sent,
    list: () => list,
    cursor: () => cursor,
    /** Replaces the cursor of the last import. */
    remember: (changed: Json) => (cursor = changed),
    /** Reads the mailbox, or what changed in it since the last time. */
    read: async (): Promise<SourceReading> => {
      const reading = await readSource(source, { list, changesSince: cursor, onDevice: list })
      list = reading.contacts
      cursor = reading.finished?.cursor ?? null
      return reading
    },
    /** Whether the list equals the mailbox in every id and every field. */
    isExact: () => {
      changing.begin()
      return changing.held(list)
    },
  }
}

/** For slow machines, where four tries can take longer than the fast clock of `engineDevice` allows for retries. */
export const patientDevice = (
  sandbox: Sandbox,
  settings: SettingsChange,
  { limits, ...options }: EngineDeviceOptions = {},
) => engineDevice(sandbox, settings, { ...options, limits: { retries: 20_000_000, ...limits } })

export type EngineDevice = ReturnType<typeof engineDevice>
