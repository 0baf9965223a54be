import type { Source } from '../../index.ts'
import type { CommandContext } from './command.ts'
import type { OpenedBook } from './parts.ts'
import { progressLine } from './progress-line.ts'

const LIVE_EVERY_MS = 120
const PLAIN_EVERY_MS = 1000

/**
 * Shows on standard error what is going on, as long as it goes on: in a line that changes in place on a
 * terminal, else in a new line at most once a second. Returns the function that ends it.
 */
export const showProgress = (
  { output, messages }: Pick<CommandContext, 'output' | 'messages'>,
  { book, signsIn }: OpenedBook,
  sources: readonly Source[],
): (() => void) => {
  const told = new Set<string>()
  let lastLine = ''
  let waits: { readonly until: number; readonly since: Date } | null = null

  /** In plain lines a wait is told once, when it begins, and not counted down. */
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
      foreign: (text) => output.foreignNote(text),
    })
  }

  /** The robot needs none: it gets the address in place of a browser. */
  const tellAddress = (source: Source): void => {
    const { address, opened } = book.progress.get()[source] ?? {}
    // Told when it is known whether a browser shows it.
    if (signsIn !== 'person' || address === undefined || opened === undefined || told.has(address)) return
    told.add(address)
    output.note(
      opened
        ? 'The sign-in page is open in your browser. If you do not see it, open this address:'
        : 'To sign in, open this address in a browser on this device:',
    )
    output.note(`  ${address}`)
  }

  const show = (): void => {
    const text = sources.map(line).filter(Boolean).join('  ')
    if (output.isLive) output.live(text)
    else if (text !== '' && text !== lastLine) output.note(text)
    lastLine = text
  }

  const addresses = book.progress.subscribe(() => sources.forEach(tellAddress))
  show()
  const timer = setInterval(show, output.isLive ? LIVE_EVERY_MS : PLAIN_EVERY_MS)
  return () => {
    addresses.unsubscribe()
    clearInterval(timer)
    output.live('')
  }
}
