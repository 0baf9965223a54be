import type { FailureCode } from '../../../index.ts'

/** Why a file could not be written: a code of the library, and a sentence. */
export interface NotWritten {
  readonly code: FailureCode
  readonly message: string
  readonly next: string
}

/**
 * Explains an error of the file system.
 *
 * @param what what was to be written, as the beginning of a sentence
 */
export const explainNotWritten = (error: unknown, what: string, path: string, next: string): NotWritten => {
  const { code = '' } = error as NodeJS.ErrnoException
  const [reason, sentence] = reasons[code] ?? unknown
  return { code: reason, message: `${what} could not be written to ${path}: ${sentence}.`, next }
}

type Reason = readonly [FailureCode, string]

const full: Reason = ['storage-full', 'no space is left there']
const readOnly: Reason = ['storage-read-only', 'nothing can be written there']
const noPlace: Reason = ['storage-unavailable', 'the folder does not exist']
const folder: Reason = ['storage-unavailable', 'the path is a folder']
const unknown: Reason = ['storage-unavailable', 'the system refused it']

/** By the codes of the file system (errno(3)). */
const reasons: Readonly<Record<string, Reason>> = {
  ENOSPC: full,
  EDQUOT: full,
  EFBIG: full,
  EROFS: readOnly,
  EACCES: readOnly,
  EPERM: readOnly,
  ENOENT: noPlace,
  ENOTDIR: noPlace,
  EISDIR: folder,
  ENOTEMPTY: folder,
}
