import { readdir, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { examineFile } from '../src/adapters/stores/sqlite/doctor/examine-file.ts'
import type { FileExamination } from '../src/adapters/stores/sqlite/doctor/examine-file.ts'
import { hasLostAll } from '../src/adapters/stores/sqlite/file/schema.ts'
import { lockFile, sqliteLocks } from '../src/adapters/stores/sqlite/run-locks.ts'
import { storeFiles, storeLockFiles } from '../src/adapters/stores/sqlite/file/store-files.ts'
import { examineLog } from '../src/book/maintenance/examine-log.ts'
import type { LogExamination } from '../src/book/maintenance/examine-log.ts'
import { isImportFailure } from '../src/node.ts'
import type { FailureCode, Finding, FindingCode, Source } from '../src/node.ts'
import type { StoreFile, StoreReport } from '../src/shells/terminal/parts.ts'
import { tokenCacheOf } from './tenants/token-cache.ts'

/** Looks at a store and all that belongs to it, without changing any of it. */
export const examineStore = async (store: string): Promise<StoreReport> => {
  const own = await describe([...(await storeFiles(store)), ...(await storeLockFiles(store))])
  const tokens = await describe(await tokenFiles(store))
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
  // Nothing of what follows can be told where the events cannot be followed to the end.
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

/** Whose attempt another process runs: it holds the lock. A lock that was never made is held by nobody. */
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

const tokenFiles = async (store: string): Promise<readonly string[]> => {
  const tokens = tokenCacheOf(store)
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
