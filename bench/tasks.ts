/** The measured tasks, by name. Each is loaded only in the process that runs it. */
export const tasks = {
  'recorded-graph': () => import('./graph/recorded-graph.ts').then(({ recordedGraph }) => recordedGraph),
  'import-ours': () => import('./tasks/import-ours.ts').then(({ importOurs }) => importOurs),
  'refresh-ours': () => import('./tasks/refresh-ours.ts').then(({ refreshOurs }) => refreshOurs),
  'import-sdk': () => import('./tasks/import-sdk.ts').then(({ importSdk }) => importSdk),
  'import-sources': () => import('./tasks/import-sources.ts').then(({ importSources }) => importSources),
  'people-fetch': () => import('./tasks/people-fetch.ts').then(({ peopleFetch }) => peopleFetch),
  'import-fetch': () => import('./tasks/import-fetch.ts').then(({ importFetch }) => importFetch),
  'import-in-page': () => import('./tasks/import-in-page.ts').then(({ importInPage }) => importInPage),
  replay: () => import('./tasks/replay.ts').then(({ replay }) => replay),
  'store-copies': () => import('./tasks/store-copies.ts').then(({ storeCopies }) => storeCopies),
  'store-history': () => import('./tasks/store-history.ts').then(({ storeHistory }) => storeHistory),
  'open-book': () => import('./tasks/open-book.ts').then(({ openBook }) => openBook),
  'decrypt-list': () => import('./tasks/decrypt-list.ts').then(({ decryptList }) => decryptList),
  'parse-list': () => import('./tasks/parse-list.ts').then(({ parseList }) => parseList),
  'order-list': () => import('./tasks/order-list.ts').then(({ orderList }) => orderList),
  'first-screen': () => import('./tasks/first-screen.ts').then(({ firstScreen }) => firstScreen),
  'cancel-waiting': () => import('./tasks/cancel-waiting.ts').then(({ cancelWaiting }) => cancelWaiting),
  'cancel-import': () => import('./tasks/cancel-import.ts').then(({ cancelImport }) => cancelImport),
  find: () => import('./tasks/find.ts').then(({ find }) => find),
  whois: () => import('./phones/whois.ts').then(({ whois }) => whois),
  'serve-lists': () => import('./list/serve-lists.ts').then(({ serveLists }) => serveLists),
  'keep-contacts': () => import('./list/keep-contacts.ts').then(({ keepContacts }) => keepContacts),
  'use-list': () => import('./list/use-list.ts').then(({ useList }) => useList),
  'search-ours': () => import('./list/search-ours.ts').then(({ searchOurs }) => searchOurs),
  'import-under-fault': () =>
    import('./peers/faults/import-under-fault.ts').then(({ importUnderFault }) => importUnderFault),
  'append-ours': () => import('./peers/append/append-ours.ts').then(({ appendOurs }) => appendOurs),
  'append-emmett': () => import('./peers/append/append-emmett.ts').then(({ appendEmmett }) => appendEmmett),
}

type Tasks = typeof tasks
type TaskNamed<N extends TaskName> = Awaited<ReturnType<Tasks[N]>>

export type TaskName = keyof Tasks
export type TaskInput<N extends TaskName> = Parameters<TaskNamed<N>>[0]
export type TaskOutput<N extends TaskName> = Awaited<ReturnType<TaskNamed<N>>>

export interface Started<N extends TaskName> {
  readonly output: TaskOutput<N>
  /** The peak memory of the process (MB), including the runtime and all modules. */
  readonly peakMemory: number
  /** Stops servers that the task left running. */
  stop(): Promise<void>
}

/** Runs a task to its end. Rejects if it fails. */
export type StartTask = <N extends TaskName>(name: N, input: TaskInput<N>) => Promise<Started<N>>
