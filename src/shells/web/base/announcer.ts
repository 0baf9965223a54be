import { html } from 'lit'
import type { ReactiveController, ReactiveControllerHost, TemplateResult } from 'lit'

/** Milliseconds between two messages, so that a screen reader can finish one. */
const INTERVAL = 1_000

/**
 * Tells screen readers what changes without the focus (WCAG 2.2, 4.1.3), at most one message a second: of several, the last.
 * The region is in the document before it is filled, or it would not be read.
 */
export class Announcer implements ReactiveController {
  readonly #host: ReactiveControllerHost
  #spoken = ''
  #waiting: string | null = null
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(host: ReactiveControllerHost) {
    this.#host = host
    host.addController(this)
  }

  /** Says this unless it was the last that was said. @param isRepeated says it once more */
  say(message: string, isRepeated = false): void {
    if (this.#timer !== undefined) this.#waiting = message
    else if (message !== this.#spoken || isRepeated) this.#speak(message)
  }

  render(): TemplateResult {
    return html`<p role="status" class="visually-hidden">${this.#spoken}</p>`
  }

  hostDisconnected(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#waiting = null
    this.#spoken = ''
  }

  #speak(message: string): void {
    // An equal text would change nothing, so nothing would be read.
    this.#spoken = message === this.#spoken && message !== '' ? `${message}\u00a0` : message
    this.#host.requestUpdate()
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      const waiting = this.#waiting
      this.#waiting = null
      if (waiting !== null) this.say(waiting)
    }, INTERVAL)
  }
}
