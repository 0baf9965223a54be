import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import { realPath } from '../adapters/files/real-path.ts'
import { examineFile } from '../adapters/stores/sqlite/doctor/examine-file.ts'
import type { FileExamination } from '../adapters/stores/sqlite/doctor/examine-file.ts'
import { hasSecondName, ownerFindings } from '../adapters/stores/sqlite/file/safe-files.ts'
import { hasLostAll } from '../adapters/stores/sqlite/file/schema.ts'
import { storeFiles, storeLockFiles } from '../adapters/stores/sqlite/file/store-files.ts'
import { lockFile, sqliteLocks } from '../adapters/stores/sqlite/run-locks.ts'
import { keyFilesIn } from '../adapters/keys/key-folder.ts'
import { vaultOfFile } from '../adapters/keys/vault-of-file.ts'
import { examineLog } from '../book/maintenance/examine-log.ts'
import type { LogExamination } from '../book/maintenance/examine-log.ts'
import { isImportFailure } from '../domain/failures.ts'
import type { FailureCode } from '../domain/failures.ts'
import type { Finding, FindingCode } from '../domain/findings.ts'
import { sources } from '../domain/source.ts'
import type { Source } from '../domain/source.ts'
import type { KeyPlace } from '../ports/key-vault.ts'
import { keyFolder } from './erase-keys.ts'
import { presentTokenFiles, type StoreBelongings, tokenFilesOf } from './token-files.ts'

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
  /** Number of contacts on the device, for each source that has a list. */
  readonly contacts: Readonly<Partial<Record<Source, number>>>
  /** Where the key of each linked source is, if it could be found. It encrypts the contacts of the source. */
  readonly keys: Readonly<Partial<Record<Source, KeyPlace>>>
  /** Sources from which another process is importing at the moment. */
  readonly running: readonly Source[]
}

/**
 * Examines a SQLite store without changing it or anything beside it: the database file, its events and lists, its run
 * locks, its token file, and the owners and permissions of these files. The store may be in use by another process, damaged
 * or missing: this is reported, not thrown. Do not call it in a process that has the same store open.
 *
 * @param store path of the store, as given to `sqliteStorage`
 */
export const examineStore = async (store: string, belongings: StoreBelongings = {}): Promise<StoreReport> => {
  try {
    return await examineReal(store, realPath(store), tokenFilesOf(belongings).map(realPath))
  } catch (error) {
    if (!isImportFailure(error)) throw error
    // The path cannot be followed to a file, or must not be followed.
    const code = codeOf[error.code] ?? 'store-unreadable'
    const findings = [{ code, files: [basename(store)] }]
    return { store, files: [], findings, events: null, payloads: null, contacts: {}, keys: {}, running: [] }
  }
}

const examineReal = async (
  store: string,
  real: string,
  tokenFiles: readonly string[],
): Promise<StoreReport> => {
  const ownPaths = [...(await storeFiles(real)), ...(await storeLockFiles(real))]
  const tokenPaths = (await Promise.all(tokenFiles.map(presentTokenFiles))).flat()
  const keyPaths = await keyFilesIn(keyFolder(real))
  const [own, tokens] = [await describe(ownPaths), await describe(tokenPaths)]
  const files = [...own, ...(await describe(keyPaths)), ...tokens]
  const isFolder = await stat(real).then(
    (found) => found.isDirectory(),
    () => false,
  )
  const isThere = isFolder || hasLostAll(real) || own.some(({ name, bytes }) => bytes > 0 && !isLock(name))
  const examination = isThere
    ? await examineFile(real, (events) => examineLog(events, vaultOfFile(real)))
    : null
  const log = examination?.log ?? null
  const running = log ? await runningSources(real, log) : []
  return {
    store,
    files,
    findings: [
      ...(examination ? fileFindings(examination) : [{ code: 'store-missing' } as const]),
      ...when(hasSecondName(real), { code: 'store-linked' }),
      ...ownerFindings([...ownPaths, ...keyPaths, ...tokenPaths]),
      ...(log ? logFindings(log, running) : []),
      ...tokenFindings(tokens, log?.isReplayable ? log.linked.length > 0 : isThere),
      ...permissionFindings(files),
    ],
    events: log?.events ?? null,
    payloads: log?.payloads ?? null,
    contacts: log?.contacts ?? {},
    keys: log?.keys ?? {},
    running,
  }
}

const isLock = (name: string): boolean => name.includes('.lock-')

const codeOf: Readonly<Partial<Record<FailureCode, FindingCode>>> = {
  'storage-foreign': 'store-foreign',
  'storage-damaged': 'file-damaged',
  'storage-untrusted': 'store-untrusted',
}

const fileFindings = ({
  failure,
  isSound,
  damagedViews,
  log,
}: FileExamination<LogExamination>): readonly Finding[] => {
  if (failure) return [{ code: codeOf[failure] ?? 'store-unreadable' }]
  return [
    ...when(!isSound, { code: 'file-damaged' }),
    ...when(log !== null && hasOlderLists(log), { code: 'list-may-be-older' }),
    ...when(damagedViews > 0, { code: 'saved-view-damaged', count: damagedViews }),
  ]
}

/** A source that is not linked may have lost its list, or may never have had one. */
const hasOlderLists = ({ older, linked }: LogExamination): boolean =>
  older.length === sources.length || older.some((source) => linked.includes(source))

const logFindings = (log: LogExamination, running: readonly Source[]): readonly Finding[] => [
  ...when(log.isNewer, { code: 'store-newer' }),
  // Lists, attempts and sign-outs are derived from the events, so without these nothing more is known.
  ...(log.isReplayable ? replayedFindings(log, running) : [{ code: 'events-damaged' } as const]),
]

const replayedFindings = (log: LogExamination, running: readonly Source[]): readonly Finding[] => [
  ...when(log.lists === 'damaged', { code: 'list-damaged', count: log.lostPayloads }),
  ...when(log.lists === 'only-saved', { code: 'list-only-saved', count: log.lostPayloads }),
  ...when(log.lists === 'whole' && log.lostPayloads > 0, {
    code: 'payloads-damaged',
    count: log.lostPayloads,
  }),
  ...when(log.lists === 'locked', { code: 'list-locked' }),
  ...when(log.lists === 'lost', { code: 'list-key-lost' }),
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

/** Sources whose run lock another process holds. Tries existing lock files only: acquiring would create a missing one. */
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

/** Leaves out files that no longer exist: SQLite removes its own when it no longer needs them. */
const describe = async (paths: readonly string[]): Promise<readonly StoreFile[]> => {
  const files = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null)
      if (found === null) return []
      const octal = (found.mode & 0o777).toString(8).padStart(3, '0')
      const mode = process.platform === 'win32' ? null : octal
      return [{ name: basename(path), bytes: found.size, mode }]
    }),
  )
  return files.flat()
}
