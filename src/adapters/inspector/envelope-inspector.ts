import * as v from 'valibot'
import type { AnyTransitionDefinition, InspectionEvent } from 'xstate'
import { sources } from '../../domain/source.ts'
import { redactedEvent } from './redacted-event.ts'
import { redactedSnapshot } from './redacted-snapshot.ts'

/** What happened in a machine, as plain JSON without personal data, built from an allow-list. */
export interface InspectedEnvelope {
  readonly type: '@xstate.actor' | '@xstate.event' | '@xstate.microstep' | '@xstate.snapshot'
  /** The source whose machine it is, or XState's own name for any other actor. */
  readonly actor: string
  readonly event?: v.InferOutput<typeof redactedEvent>
  readonly snapshot?: v.InferOutput<typeof redactedSnapshot>
  /** The transitions taken: `consenting > fetching`. */
  readonly took?: readonly string[]
}

/**
 * An observer for the book's option `inspect`, for logs and developer tools without a network. It never throws, even
 * if the sink does: XState stops a machine whose observer throws.
 */
export const envelopeInspector =
  (sink: (envelope: InspectedEnvelope) => void) =>
  (inspected: InspectionEvent): void => {
    try {
      const envelope = envelopeOf(inspected)
      if (envelope) sink(envelope)
    } catch {
      // A failing sink must not end an import.
    }
  }

const envelopeOf = (inspected: InspectionEvent): InspectedEnvelope | null => {
  const { type, actorRef } = inspected
  const { id, sessionId } = actorRef as typeof actorRef & { readonly id?: unknown }
  const actor = v.is(v.picklist(sources), id) ? id : sessionId
  switch (type) {
    case '@xstate.actor':
      return { type, actor }
    case '@xstate.event':
      return { type, actor, event: v.parse(redactedEvent, inspected.event) }
    case '@xstate.snapshot': {
      const { event, snapshot } = inspected
      return {
        type,
        actor,
        event: v.parse(redactedEvent, event),
        snapshot: v.parse(redactedSnapshot, snapshot),
      }
    }
    case '@xstate.microstep':
      return { type, actor, took: inspected._transitions.map(pathOf) }
    default:
      return null
  }
}

const pathOf = ({ source, target }: AnyTransitionDefinition): string =>
  `${source.key} > ${target?.map(({ key }) => key).join() ?? source.key}`
