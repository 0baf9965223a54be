import { styleText } from 'node:util'
import type { Writable } from 'node:stream'
import { yieldToEventLoop } from '../../../async/yield-to-event-loop.ts'
import { untrustedText, isolatedText, jsonLine, withoutCommands } from './untrusted-text.ts'
import { columnsOf, printable, shortened, unbroken, widthOf, wrapped } from './wrap.ts'

/** The parts of a process's stream that `Output` uses. */
export type TerminalStream = Writable & { readonly isTTY?: boolean; readonly columns?: number }

export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'warn'

const formats = { strong: 'bold', dim: 'dim', good: 'green', bad: 'red', warn: 'yellow' } as const

const CLEAR_LINE = '\r\u001b[2K'
/** Turns wrapping off, so that a line wider than the terminal is cut off and stays one line (DECAWM). */
const uncut = (line: string): string => `\u001b[?7l${line}\u001b[?7h`

/** Prints results on standard output and everything else, such as the live line, on standard error. */
export class Output {
  readonly json: boolean
  /** Whether the person wants neither colours nor a moving cursor, or the terminal has none. */
  readonly isPlain: boolean
  /** Whether a line that changes in place can be shown. */
  readonly isLive: boolean
  readonly #stdout: TerminalStream
  readonly #stderr: TerminalStream
  #live = ''
  #isIncomplete = false
  #isClosed = false

  constructor({ stdout, stderr, json, plain = false, term }: OutputOptions) {
    this.json = json
    this.#stdout = stdout
    this.#stderr = stderr
    this.isPlain = plain || term === 'dumb'
    this.isLive = stderr.isTTY === true && !this.isPlain
    stdout.on('error', (error: NodeJS.ErrnoException) => this.#notWritten(error))
    // A failure of standard error cannot be reported anywhere.
    stderr.on('error', () => undefined)
  }

  /** Whether a part of the result could not be written. */
  get isIncomplete(): boolean {
    return this.#isIncomplete
  }

  /** Whether the reader of the result has gone. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** The columns of the result; undefined if it does not go to a terminal. They change with the window. */
  get columns(): number | undefined {
    return this.#stdout.isTTY === true ? columnsOf(this.#stdout.columns) : undefined
  }

  /** The same for notes. */
  get noteColumns(): number | undefined {
    return this.#stderr.isTTY === true ? columnsOf(this.#stderr.columns) : undefined
  }

  /** The columns for the live line. The last column stays free, because some terminals wrap when it is written. */
  get liveColumns(): number {
    return Math.max(1, columnsOf(this.#stderr.columns) - 1)
  }

  /** A line of the result, for people. */
  result(text: string, tone: Tone = 'plain'): void {
    this.live('')
    this.#stdout.write(`${this.#formed(text, tone, this.#stdout)}\n`)
  }

  /** An object of the result, for programs. */
  record(value: object): void {
    this.live('')
    this.#stdout.write(`${jsonLine(value)}\n`)
  }

  /**
   * A piece of a result that is a file of its own. Resolves when there is room for the next one; to false if nothing more
   * can be written.
   */
  async piece(text: string): Promise<boolean> {
    this.live('')
    const hasRoom = this.#stdout.write(this.#stdout.isTTY === true ? withoutCommands(text) : text)
    // An error is told in a later turn.
    await yieldToEventLoop()
    if (!hasRoom && this.#canWrite && this.#stdout.writableNeedDrain) await this.#drained()
    return this.#canWrite
  }

  get #canWrite(): boolean {
    return !this.#isClosed && !this.#isIncomplete
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const events = ['drain', 'close', 'error'] as const
      const done = () => {
        for (const event of events) this.#stdout.off(event, done)
        resolve()
      }
      for (const event of events) this.#stdout.on(event, done)
    })
  }

  /** A line that is not part of the result. */
  note(text: string, tone: Tone = 'plain'): void {
    const live = this.#live
    this.live('')
    this.#stderr.write(`${this.#formed(text, tone, this.#stderr)}\n`)
    this.live(live)
  }

  /** Shows the line that changes in place; an empty one removes it. */
  live(line: string): void {
    const shown = printable(shortened(line, this.liveColumns))
    if (!this.isLive || shown === this.#live) return
    this.#stderr.write(this.#cleared() + (shown === '' ? '' : uncut(shown)))
    this.#live = shown
  }

  /** Clears the live line. In a window that became narrower, most terminals have wrapped it over several rows. */
  #cleared(): string {
    const rowsAbove = Math.ceil(widthOf(this.#live) / columnsOf(this.#stderr.columns)) - 1
    return rowsAbove > 0 ? `\u001b[${rowsAbove}A\r\u001b[J` : CLEAR_LINE
  }

  #formed(text: string, tone: Tone, stream: TerminalStream): string {
    if (stream.isTTY !== true) return printable(text)
    const lines = printable(wrapped(text, columnsOf(stream.columns)))
    // `styleText` also respects NO_COLOR, but not if FORCE_COLOR is set as well.
    return tone === 'plain' || this.isPlain ? lines : styleText(formats[tone], lines, { stream })
  }

  #notWritten({ code }: NodeJS.ErrnoException): void {
    // A reader that closes early (`| head`), or a terminal that was closed, is not an error; the command finishes.
    if (code === 'EPIPE' || code === 'EIO') this.#isClosed = true
    if (this.#isClosed || this.#isIncomplete) return
    this.#isIncomplete = true
    this.note(
      'Not all of the result could be written. Check that there is space left for it, then try again.',
      'bad',
    )
  }

  /** Makes text from a service safe to print in the result. */
  untrusted(text: string): string {
    return safeFor(this.#stdout, text)
  }

  /** Makes text from a service safe to print in notes and the live line. */
  untrustedNote(text: string): string {
    return safeFor(this.#stderr, text)
  }
}

export interface OutputOptions {
  readonly stdout: TerminalStream
  readonly stderr: TerminalStream
  readonly json: boolean
  /** Use neither colours nor a moving cursor. */
  readonly plain?: boolean
  /** The environment's TERM. */
  readonly term?: string | undefined
}

/** A name or a number stays in one line if it fits in one. */
const safeFor = ({ isTTY, columns }: TerminalStream, text: string): string => {
  if (isTTY !== true) return untrustedText(text)
  const safe = isolatedText(text)
  return widthOf(safe) < columnsOf(columns) ? unbroken(safe) : safe
}
