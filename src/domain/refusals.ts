/** Why a command may not be. A closed union: each has a sentence and a next step in `messages`. */
export const refusalCodes = [
  'already-running',
  'running-elsewhere',
  'nothing-running',
  'already-linked',
  'restart-first',
  'nothing-to-restart',
  'nothing-to-refresh',
  'nothing-held',
  'nothing-linked',
  'other-microsoft-source',
  'store-is-newer',
] as const

export type RefusalCode = (typeof refusalCodes)[number]
