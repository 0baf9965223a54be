import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { examineFile } from '../adapters/stores/sqlite/doctor/examine-file.ts'
import type { FileExamination } from '../adapters/stores/sqlite/doctor/examine-file.ts'
import { hasLostAll } from '../adapters/stores/sqlite/file/schema.ts'
import { storeFiles, storeLockFiles } from '../adapters/stores/sqlite/file/store-files.ts'
import { lockFile, sqliteLocks } from '../adapters/stores/sqlite/run-locks.ts'
import { examineLog } from '../book/maintenance/examine-log.ts'
import type { LogExamination } from '../book/maintenance/examine-log.ts'
import { isImportFailure } from '../domain/failures.ts'
import type { FailureCode } from '../domain/failures.ts'
import type { Finding, FindingCode } from '../domain/findings.ts'
import type { Source } from '../domain/source.ts'

/** A file that belongs to a store. */
export interface StoreFile {
  /** Without its folder. */
  readonly name: string
  /** Its size. */
  readonly bytes: number
  /** Permissions, octal (`600`); null if the system has none (Windows). */
  readonly mode: string | null
}

/** The result of examining a store: codes, counts and file names, never a contact, an account or a token. */
export interface StoreReport {
  /** The path that was examined. */
  readonly store: string
  /** Empty if everything is in order. `explainFinding` of `device-contacts/messages` puts each into words. */
  readonly findings: readonly Finding[]
  readonly files: readonly StoreFile[]
  /** Recorded events; null if they could not be counted. */
  readonly events: number | null
  /** Payloads that can be read; null if they could not be counted. */
  readonly payloads: number | null
  /** Contacts on the device, for each source that has a list. */
  readonly contacts: Readonly<Partial<Record<Source, number>>>
  /** Sources from which another process is importing at the moment. */
  readonly running: readonly Source[]
}

/** What belongs to a store but is kept outside its own files. */
export interface StoreBelongings {
  /** The `tokenFile` that `microsoft365` was given for this store. Absent: tokens are left alone. */
  readonly tokenFile?: string
}

/**
 * Examines a SQLite store without changing it or anything beside it: the database file, its events and lists,
 * its run locks, its token file, and who may read them. The store may be in use by another process, damaged or
 * missing; all of that is reported, not thrown. Do not call it in a process that has the same store open.
 *
 * @param store path of the store, as given to `sqliteStorage`
 */
export const examineStore = async (
  store: string,
  { tokenFile }: StoreBelongings = {},
): Promise<StoreReport> => {
  const own = await describe([...(await storeFiles(store)), ...(await storeLockFiles(store))])
  const tokens = tokenFile === undefined ? [] : await describe(await presentTokenFiles(tokenFile))
  const files = [...own, ...tokens]
  const isFolder = await stat(store).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const isThere = isFolder || hasLostAll(store) || own.some(({ name, bytes }) => bytes > 0 && !isLock(name))
  const examination = isThere ? await examineFile(store, examineLog) : null
  const log = examination?.log ?? null
  const running = log ? await runningSources(store, log) : []
  return {
    store,
    files,
    findings: [
      ...(examination ? fileFindings(examination) : [{ code: 'store-missing' } as const]),
      ...(log ? logFindings(log, running) : []),
      ...tokenFindings(tokens, log?.isReplayable ? log.linked.length > 0 : isThere),
      ...permissionFindings(files),
    ],
    events: log?.events ?? null,
    payloads: log?.payloads ?? null,
    contacts: log?.contacts ?? {},
    running,
  }
}

const isLock = (name: string): boolean => name.includes('.lock-')

const codeOf: Readonly<Partial<Record<FailureCode, FindingCode>>> = {
  'storage-foreign': 'store-foreign',
  'storage-damaged': 'file-damaged',
}

const fileFindings = ({
  failure,
  isSound,
  damagedViews,
}: FileExamination<LogExamination>): readonly Finding[] => {
  if (failure) return [{ code: codeOf[failure] ?? 'store-unreadable' }]
  return [
    ...when(!isSound, { code: 'file-damaged' }),
    ...when(damagedViews > 0, { code: 'saved-view-damaged', count: damagedViews }),
  ]
}

const logFindings = (log: LogExamination, running: readonly Source[]): readonly Finding[] => [
  ...when(log.isNewer, { code: 'store-newer' }),
  // Lists, attempts and sign-outs are derived from the events, so nothing more can be said without them.
  ...(log.isReplayable ? replayedFindings(log, running) : [{ code: 'events-damaged' } as const]),
]

const replayedFindings = (log: LogExamination, running: readonly Source[]): readonly Finding[] => [
  ...when(log.lists === 'damaged', { code: 'list-damaged', count: log.lostPayloads }),
  ...when(log.lists === 'only-saved', { code: 'list-only-saved', count: log.lostPayloads }),
  ...when(log.lists === 'whole' && log.lostPayloads > 0, {
    code: 'payloads-damaged',
    count: log.lostPayloads,
  }),
  ...when(log.erasing.length > 0, { code: 'erasure-unfinished' }),
  ...when(log.underWay.length > running.length, { code: 'attempt-abandoned' }),
]

const tokenFindings = (tokens: readonly StoreFile[], isLinked: boolean): readonly Finding[] => {
  const isTemporary = ({ name }: StoreFile) => name.endsWith('.tmp')
  const names = (files: readonly StoreFile[]) => files.map(({ name }) => name)
  const left = names(tokens.filter(isTemporary))
  const kept = names(tokens.filter((file) => !isTemporary(file)))
  return [
    ...when(kept.length > 0 && !isLinked, { code: 'tokens-without-account', files: kept }),
    ...when(left.length > 0, { code: 'leftover-files', files: left }),
  ]
}

const permissionFindings = (files: readonly StoreFile[]): readonly Finding[] => {
  const wide = files.filter(({ mode }) => mode !== null && /[^0]$|[^0].$/.test(mode)).map(({ name }) => name)
  return when(wide.length > 0, { code: 'permissions-wide', files: wide })
}

const when = (is: boolean, finding: Finding): readonly Finding[] => (is ? [finding] : [])

/** Sources whose run lock another process holds. Existing lock files only: acquiring would create a missing one. */
const runningSources = async (store: string, { underWay }: LogExamination): Promise<readonly Source[]> => {
  const made = await storeLockFiles(store)
  const locks = sqliteLocks(store)
  const running: Source[] = []
  for (const source of underWay) {
    if (made.includes(lockFile(store, source)) && (await isHeld(locks, source))) running.push(source)
  }
  await locks.close()
  return running
}

const isHeld = async (locks: ReturnType<typeof sqliteLocks>, source: Source): Promise<boolean> => {
  try {
    return (await locks.acquire(source)) === null
  } catch (error) {
    if (isImportFailure(error)) return false
    throw error
  }
}

/** The token file and the temporary files of a process that was killed while writing it. */
const presentTokenFiles = async (tokens: string): Promise<readonly string[]> => {
  const names = await readdir(dirname(tokens)).catch(() => [])
  const base = basename(tokens)
  return names
    .filter((name) => name === base || (name.startsWith(`${base}.`) && name.endsWith('.tmp')))
    .map((name) => join(dirname(tokens), name))
}

const describe = (paths: readonly string[]): Promise<readonly StoreFile[]> =>
  Promise.all(
    paths.map(async (path) => {
      const { size, mode } = await stat(path)
      const octal = (mode & 0o777).toString(8).padStart(3, '0')
      return { name: basename(path), bytes: size, mode: process.platform === 'win32' ? null : octal }
    }),
  )
