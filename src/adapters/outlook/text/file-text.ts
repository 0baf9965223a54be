import { yieldToEventLoop } from '../../../async/yield-to-event-loop.ts'
import { type FailureDetails, ImportFailure, isImportFailure } from '../../../domain/failures.ts'
import type { ExportFile } from '../export-file.ts'
import type { Encoding } from './encoding.ts'
import { asWindows1252 } from './windows-1252.ts'

/** Bytes that are decoded, and worked on, before other tasks have their turn. */
const PIECE = 32 * 1024

/** Bytes that show what a file is. The names of all columns have some 2 KB. */
const PREFIX = 64 * 1024

/** Thrown if a file has bytes that its likely encoding does not have. */
export class WrongEncoding extends Error {}

/**
 * A file that is no list of contacts, or not a whole one. The reason is for developers and names nothing of the content.
 */
export const unreadable = (reason: string, cause?: unknown, details: FailureDetails = {}): ImportFailure =>
  new ImportFailure('file-unreadable', details, new Error(reason, cause === undefined ? {} : { cause }))

/** The first 64 KB of a file, or all of a smaller one. */
export const prefixOf = async (file: ExportFile, signal: AbortSignal): Promise<Uint8Array> => {
  const prefix = new Uint8Array(PREFIX)
  let length = 0
  for await (const bytes of piecesOf(file, signal)) {
    const taken = bytes.subarray(0, PREFIX - length)
    prefix.set(taken, length)
    length += taken.length
    if (length === PREFIX) break
  }
  return prefix.subarray(0, length)
}

/**
 * The text of a file in pieces of at most 32 KB, without a byte order mark. Throws `file-unreadable`, `WrongEncoding` and
 * the signal's reason.
 */
export async function* textOf(
  file: ExportFile,
  { label, isGuess }: Encoding,
  signal: AbortSignal,
): AsyncGenerator<string, void, undefined> {
  const decoder = new TextDecoder(label, { fatal: isGuess })
  const decode = (bytes?: Uint8Array): string => {
    try {
      const text = decoder.decode(bytes, { stream: bytes !== undefined })
      return label === 'windows-1252' ? asWindows1252(text) : text
    } catch (cause) {
      throw new WrongEncoding(undefined, { cause })
    }
  }
  for await (const bytes of piecesOf(file, signal)) {
    const text = decode(bytes)
    if (text !== '') yield text
    await yieldToEventLoop()
    signal.throwIfAborted()
  }
  const last = decode()
  if (last !== '') yield last
}

async function* piecesOf(file: ExportFile, signal: AbortSignal): AsyncGenerator<Uint8Array, void, undefined> {
  signal.throwIfAborted()
  try {
    for await (const bytes of file.read(signal))
      for (let at = 0; at < bytes.length; at += PIECE) yield bytes.subarray(at, at + PIECE)
  } catch (error) {
    signal.throwIfAborted()
    throw isImportFailure(error) ? error : unreadable('the file could not be read', error)
  }
  signal.throwIfAborted()
}
