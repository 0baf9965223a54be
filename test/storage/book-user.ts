import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const fixture = fileURLToPath(new URL('book-user.fixture.mjs', import.meta.url))

interface Look {
  readonly state: string
  readonly code: string | null
  readonly count: number
  /** How many contacts the list shows. */
  readonly shown: number
}

interface Failure {
  readonly code: string
}

export interface Results {
  readonly open?: Look | Failure
  /** A refresh to its end. */
  readonly refresh?: { readonly state: string; readonly code: string | null } | Failure
  readonly look?: Look | Failure
  readonly signOut?: { readonly ok: boolean } | Failure
}

export interface BookUserOptions {
  readonly store: string
  readonly steps: readonly (keyof Results)[]
  /** The number of contacts that a refresh lists, in six pages. */
  readonly contacts?: number
  /** The user it becomes if the tests run as root, which can write anywhere. */
  readonly uid?: number
  /** The maximum size of a file, in blocks of 512 bytes: writing beyond it fails, as on a full disk. */
  readonly fileLimit?: number
}

/** A process that opens a book, does some steps with it, and ends without closing it. */
export const useBook = async ({ fileLimit, ...options }: BookUserOptions): Promise<Results> => {
  const limit = fileLimit === undefined ? '' : `ulimit -f ${fileLimit}; `
  const line = `${limit}exec "$0" "$1" "$2"`
  const parameters = JSON.stringify({ contacts: 600, ...options })
  const { stdout } = await promisify(execFile)('sh', ['-c', line, process.execPath, fixture, parameters])
  return JSON.parse(stdout) as Results
}
