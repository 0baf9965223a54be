import type { Source } from '../../../domain/source.ts'
import { encodeBase64url } from '../../../formats/base64url.ts'

export interface MemoryRecord {
  readonly position: number
  readonly stream: Source
  readonly type: string
  readonly version: number
  readonly id: string
  readonly time: string
  readonly attempt: string | null
  /** JSON text. */
  readonly data: string
  payload: Uint8Array | null
}

export interface MemoryView {
  readonly version: number
  readonly position: number
  /** JSON text. */
  readonly data: string
  readonly parts: readonly Uint8Array[]
}

/** The content shared by memory stores that behave like processes on one file. */
export interface MemoryLog {
  readonly key: string
  records: MemoryRecord[]
  last: number
  readonly views: Map<string, MemoryView>
  /** The position of the latest tombstone up to which a stream was erased. */
  erased: number
  readonly watches: Set<() => void>
}

export const memoryLog = (): MemoryLog => ({
  key: encodeBase64url(crypto.getRandomValues(new Uint8Array(32))),
  records: [],
  last: 0,
  views: new Map(),
  erased: 0,
  watches: new Set(),
})
