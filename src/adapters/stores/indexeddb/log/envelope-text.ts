import { ImportFailure } from '../../../../domain/failures.ts'
import type { Source } from '../../../../domain/source.ts'
import { utf8Of } from '../../../../formats/utf8.ts'
import type { NewEvent } from '../../../../ports/event-store.ts'
import { bytesChecksum } from '../checksum.ts'
import type { EventRecord } from '../schema.ts'

/** A stored envelope, and the checksum of its payload if it was appended with one. */
export interface StoredEnvelope extends Omit<NewEvent, 'payload'> {
  readonly position: number
  readonly payloadSum: number | null
}

/** The record of an envelope. Throws a `TypeError` if its data cannot be written as JSON. */
export const eventRecord = (envelope: StoredEnvelope): EventRecord => {
  const { position, stream, type, version, id, time, attempt, data, payloadSum } = envelope
  const text = JSON.stringify([position, stream, type, version, id, time, attempt, data, payloadSum])
  return { position, stream, text, sum: textChecksum(text) }
}

/** Throws `storage-damaged` if the record is not as it was written. */
export const envelopeIn = ({ position, stream, text, sum }: EventRecord): StoredEnvelope => {
  if (typeof text !== 'string' || textChecksum(text) !== sum) throw new ImportFailure('storage-damaged')
  const [at, of, type, version, id, time, attempt, data, payloadSum] = JSON.parse(text) as EnvelopeText
  if (at !== position || of !== stream) throw new ImportFailure('storage-damaged')
  return { position, stream: of, type, version, id, time, attempt, data, payloadSum }
}

type EnvelopeText = readonly [
  position: number,
  stream: Source,
  type: string,
  version: number,
  id: string,
  time: string,
  attempt: string | null,
  data: unknown,
  payloadSum: number | null,
]

const textChecksum = (text: string): number => bytesChecksum(utf8Of(text))
