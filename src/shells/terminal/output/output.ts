import { styleText } from 'node:util'
import type { Writable } from 'node:stream'
import { untrustedText, isolatedText, jsonLine } from './untrusted-text.ts'

/** The part of a process's stream that is used. */
export type TerminalStream = Writable & { readonly isTTY?: boolean }

export type Tone = 'plain' | 'strong' | 'dim' | 'good' | 'bad' | 'warn'

const formats = { strong: 'bold', dim: 'dim', good: 'green', bad: 'red', warn: 'yellow' } as const

const CLEAR_LINE = '\r\u001b[2K'
/** Without wrapping, a line that is wider than the terminal is cut off and stays one line (DECAWM). */
const uncut = (line: string): string => `\u001b[?7l${line}\u001b[?7h`

/** Prints results on standard output and everything else, such as the live line, on standard error. */
export class Output {
  readonly json: boolean
  /** Whether a line that changes in place can be shown. */
  readonly isLive: boolean
  readonly #stdout: TerminalStream
  readonly #stderr: TerminalStream
  #live = ''
  #isIncomplete = false

  constructor({ stdout, stderr, json, term }: OutputOptions) {
    this.json = json
    this.#stdout = stdout
    this.#stderr = stderr
    this.isLive = stderr.isTTY === true && term !== 'dumb'
    stdout.on('error', (error: NodeJS.ErrnoException) => this.#notWritten(error))
    // There is no other place to say so.
    stderr.on('error', () => undefined)
  }

  /** Whether a part of the result could not be written. */
  get isIncomplete(): boolean {
    return this.#isIncomplete
  }

  /** A line of the result, for people. */
  result(text: string, tone: Tone = 'plain'): void {
    this.live('')
    this.#stdout.write(`${toned(text, tone, this.#stdout)}\n`)
  }

  /** An object of the result, for programs. */
  record(value: object): void {
    this.live('')
    this.#stdout.write(`${jsonLine(value)}\n`)
  }

  /** A line that is not part of the result. */
  note(text: string, tone: Tone = 'plain'): void {
    const live = this.#live
    this.live('')
    this.#stderr.write(`${toned(text, tone, this.#stderr)}\n`)
    this.live(live)
  }

  /** Shows the line that changes in place; an empty one removes it. */
  live(line: string): void {
    if (!this.isLive || line === this.#live) return
    this.#stderr.write(CLEAR_LINE + (line === '' ? '' : uncut(line)))
    this.#live = line
  }

  #notWritten({ code }: NodeJS.ErrnoException): void {
    // A reader that closes early (`| head`), or a terminal that was closed, is not an error; the command finishes.
    if (code === 'EPIPE' || code === 'EIO' || this.#isIncomplete) return
    this.#isIncomplete = true
    this.note(
      'Not all of the result could be written. Check that there is space left for it, then try again.',
      'bad',
    )
  }

  /** Makes text from a service safe to print in the result. */
  untrusted(text: string): string {
    return this.#stdout.isTTY === true ? isolatedText(text) : untrustedText(text)
  }

  /** Makes text from a service safe to print in notes and the live line. */
  untrustedNote(text: string): string {
    return this.#stderr.isTTY === true ? isolatedText(text) : untrustedText(text)
  }
}

export interface OutputOptions {
  readonly stdout: TerminalStream
  readonly stderr: TerminalStream
  readonly json: boolean
  /** The environment's TERM. */
  readonly term?: string | undefined
}

/** Colours on a terminal that has them; `styleText` respects NO_COLOR. */
const toned = (text: string, tone: Tone, stream: TerminalStream): string =>
  tone === 'plain' || stream.isTTY !== true ? text : styleText(formats[tone], text, { stream })
