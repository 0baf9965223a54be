import { open, rm } from 'node:fs/promises'
import type { ProblemReport } from '../../../node.ts'
import { UsageError } from '../arguments/usage-error.ts'
import { explainNotWritten } from './file-failure.ts'
import type { NotWritten } from './file-failure.ts'

/**
 * Writes a report to a new file that only this user may read. Null if it is written. Throws `UsageError` if something is at
 * this path already: it is never overwritten, and no link is followed.
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
    return explainNotWritten(
      error,
      'The report',
      path,
      'Name another place: --report FILE. To print it instead, use --report -.',
    )
  }
}
