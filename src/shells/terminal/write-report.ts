import { open, rm } from 'node:fs/promises'
import type { FailureCode } from '../../index.ts'
import type { ProblemReport } from '../../node.ts'
import { UsageError } from './arguments/usage-error.ts'

/** Why a report could not be written: a code of the library, and a sentence. */
export interface NotWritten {
  readonly code: FailureCode
  readonly message: string
  readonly next: string
}

/**
 * Writes a report to a new file that only this user may read. Resolves to null if it is written. Throws `UsageError` if the
 * path already exists: never overwrites a file, and never follows a link.
 */
export const writeReport = async (path: string, report: ProblemReport): Promise<NotWritten | null> => {
  try {
    const file = await open(path, 'wx', 0o600)
    try {
      await file.writeFile(`${JSON.stringify(report, null, 2)}\n`)
    } catch (error) {
      await rm(path, { force: true })
      throw error
    } finally {
      await file.close()
    }
    return null
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new UsageError(
        `There is already a file at ${path}. Name a new one for the report: --report FILE.`,
      )
    const why = reasons[code] ?? unknown
    return {
      code: why[0],
      message: `The report could not be written to ${path}: ${why[1]}.`,
      next: 'Choose another place: --report FILE. To print it instead, use --report -.',
    }
  }
}

type Reason = readonly [FailureCode, string]

const full: Reason = ['storage-full', 'no space is left there']
const readOnly: Reason = ['storage-read-only', 'nothing can be written there']
const noPlace: Reason = ['storage-unavailable', 'the folder does not exist']
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
}
