import { dirname } from 'node:path'
import { isImportFailure } from '../../index.ts'
import type { KeyPlace, Source } from '../../index.ts'
import type { Messages } from '../../messages.ts'
import type { CommandContext } from './command.ts'
import type { OpenedBook } from './parts.ts'
import { untrustedText } from './output/untrusted-text.ts'
import { unbroken } from './output/wrap.ts'

/** Where the key of a source's contacts is; null if there is none, or the key ring does not answer. */
export const keyPlace = async (
  { book }: Pick<OpenedBook, 'book'>,
  source: Source,
): Promise<KeyPlace | null> => {
  try {
    return await book.keyPlace(source)
  } catch (error) {
    if (isImportFailure(error)) return null
    throw error
  }
}

/** A sentence about that place; for a file, about its folder. */
export const keyPlaceSentence = (messages: Messages, place: KeyPlace): string =>
  untrustedText(
    messages.keyPlace(place.kind === 'file' ? { ...place, path: unbroken(dirname(place.path)) } : place),
  )

/** Says where the key is if it should be in the key ring and is not. This matters for backups. */
export const showKeyFallback = async (
  { messages, output }: Pick<CommandContext, 'messages' | 'output'>,
  opened: Pick<OpenedBook, 'book' | 'keyRing'>,
  source: Source,
): Promise<void> => {
  const place = opened.keyRing ? await keyPlace(opened, source) : null
  if (place?.kind !== 'file') return
  output.note('The key ring of this device does not answer.', 'warn')
  output.note(keyPlaceSentence(messages, place), 'warn')
}
