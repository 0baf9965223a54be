import type { Source } from '../../../../index.ts'
import type { CommandContext } from '../../command.ts'
import type { OpenedBook } from '../../parts.ts'
import { PlainPace } from './plain-pace.ts'
import { progressLine } from './progress-line.ts'

const LIVE_EVERY_MS = 120
const PLAIN_EVERY_MS = 1000

/**
 * Shows progress on standard error: on a terminal in a line that changes in place, otherwise in a new line at most once a
 * second, or in plain output as `PlainPace` decides. Returns the function that stops it.
 */
export const showProgress = (
  { output, messages }: Pick<CommandContext, 'output' | 'messages'>,
  { book, signsIn }: OpenedBook,
  sources: readonly Source[],
): (() => void) => {
  const told = new Set<string>()
  const pace = new PlainPace()
  let lastLine = ''
  let waits: { readonly until: number; readonly since: Date } | null = null

  /** In plain output, a wait is shown once, when it begins, without a countdown. */
  const nowFor = (until: Date | undefined): Date => {
    const now = new Date()
    if (output.isLive || until === undefined) return now
    if (waits?.until !== until.getTime()) waits = { until: until.getTime(), since: now }
    return waits.since
  }

  const line = (source: Source): string => {
    const account = book.accounts.get().find((account) => account.source === source)
    const progress = book.progress.get()[source]
    if (!account) return ''
    const now = nowFor(progress?.waiting?.until)
    return progressLine(messages, {
      account,
      progress: progress?.attempt === account.attempt?.id ? progress : undefined,
      now,
      signsIn,
      bar: output.isLive,
      ...(output.isLive && {
        columns: Math.floor((output.liveColumns - 2 * (sources.length - 1)) / sources.length),
      }),
      untrusted: (text) => output.untrustedNote(text),
    })
  }

  const tellOnce = (key: string, ...lines: readonly string[]): void => {
    if (told.has(key)) return
    told.add(key)
    for (const text of lines) output.note(text)
  }

  /** Shows the address of the sign-in. The robot needs no address, because it is called instead of a browser. */
  const tellSignIn = (source: Source): void => {
    const { address, opened, userCode, tokensKeptIn } = book.progress.get()[source] ?? {}
    if (signsIn !== 'person') return
    if (tokensKeptIn !== undefined)
      tellOnce(
        tokensKeptIn,
        `This device cannot keep a key for your sign-in, so the sign-in is stored without encryption in ${tokensKeptIn}. Only you can read that file.`,
      )
    if (address !== undefined && userCode !== undefined)
      tellOnce(userCode, `To sign in, open ${address} on any device and enter this code:`, `  ${userCode}`)
    // Wait until it is known whether a browser opened the address.
    else if (address !== undefined && opened !== undefined)
      tellOnce(
        address,
        opened
          ? 'The sign-in page is open in your browser. If you do not see it, open this address:'
          : 'To sign in, open this address in a browser on this device:',
        `  ${address}`,
      )
  }

  /** Identifies what a person would see as a change: a different state, or a different reason to wait. */
  const kind = (source: Source): string => {
    const state = book.accounts.get().find((account) => account.source === source)?.state
    return `${state} ${book.progress.get()[source]?.waiting?.reason ?? ''}`
  }

  const isDue = (text: string): boolean =>
    output.isPlain
      ? pace.isDue(text, sources.map(kind).join(), performance.now())
      : text !== '' && text !== lastLine

  const show = (): void => {
    const text = sources.map(line).filter(Boolean).join('  ')
    if (output.isLive) output.live(text)
    else if (isDue(text)) output.note(text)
    lastLine = text
  }

  const signIns = book.progress.subscribe(() => sources.forEach(tellSignIn))
  show()
  const timer = setInterval(show, output.isLive ? LIVE_EVERY_MS : PLAIN_EVERY_MS)
  return () => {
    signIns.unsubscribe()
    clearInterval(timer)
    output.live('')
  }
}
