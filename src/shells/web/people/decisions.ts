import type { ReactiveControllerHost } from 'lit'
import { isImportFailure } from '../../../index.ts'
import type {
  ContactKey,
  ContactsClient,
  FailureCode,
  FailureDetails,
  RefusalCode,
  Source,
} from '../../../index.ts'
import { explainFailure, explainRefusal } from '../../../messages.ts'
import type { Explanation, Messages } from '../../../messages.ts'

/** A contact that a person says something about. */
export interface Named {
  readonly key: ContactKey
  readonly source: Source
}

/** What the person said of two contacts of two sources. */
export interface Said {
  readonly contacts: readonly [Named, Named]
  /** Null: takes back what the person said. */
  readonly isSame: boolean | null
}

/** Why what a person said could not be recorded. */
type Problem =
  { readonly refusal: RefusalCode } | { readonly code: FailureCode; readonly details: FailureDetails }

/** Records what the person says of contacts, one pair at a time. */
export class Decisions {
  readonly #host: ReactiveControllerHost
  #recording: Said | null = null
  #round = 0
  #problem: (Said & { readonly why: Problem }) | null = null

  constructor(host: ReactiveControllerHost) {
    this.#host = host
  }

  /** The answer that is not recorded yet; null if there is none. */
  get recording(): Said | null {
    return this.#recording
  }

  /** Resolves to whether it is recorded and not forgotten. Without effect while another one is being recorded. */
  async record(client: ContactsClient, said: Said): Promise<boolean> {
    if (this.#recording) return false
    this.#recording = said
    this.#problem = null
    const round = this.#round
    const why = await problemOf(client, said)
    this.#recording = null
    if (round !== this.#round) return false
    this.#problem = why && { ...said, why }
    this.#host.requestUpdate()
    return why === null
  }

  /** Why the last one is not recorded, and what to do; null if it is. */
  problem(texts: Messages): Explanation | null {
    if (this.#problem === null) return null
    const { contacts, why } = this.#problem
    const { steps } = texts.list
    const situation = { source: contacts[0].source, steps, storage: 'browser' } as const
    if ('refusal' in why) return explainRefusal(texts, why.refusal, situation)
    const { again } = texts.people
    // Contacts without a key are imported again; otherwise no import has failed that could be repeated.
    const repeated = why.code === 'storage-key-lost' ? steps : { ...steps, restart: again, refresh: again }
    return explainFailure(texts, why.code, { ...situation, steps: repeated }, why)
  }

  /** It no longer matters, nor does one that is being recorded. */
  forget(): void {
    this.#round++
    this.#problem = null
  }
}

const problemOf = async (
  client: ContactsClient,
  { contacts: [one, other], isSame }: Said,
): Promise<Problem | null> => {
  try {
    const result = await client.identify(one.key, other.key, isSame)
    return result.ok ? null : { refusal: result.refusal }
  } catch (error) {
    const { code, details } = isImportFailure(error) ? error : { code: 'internal' as const, details: {} }
    return { code, details }
  }
}
