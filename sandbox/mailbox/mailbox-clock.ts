/** The time of changes in a mailbox: that of the real clock, or another one for changes that happened before. */
export class MailboxClock {
  #fixed: string | null = null

  /** ISO 8601, UTC, whole seconds. */
  now(): string {
    return this.#fixed ?? new Date().toISOString().replace(/\.\d+Z$/, 'Z')
  }

  /** Makes changes as if the clock stood at this time (ISO 8601, UTC). */
  at(time: string, changes: () => void): void {
    this.#fixed = time
    try {
      changes()
    } finally {
      this.#fixed = null
    }
  }
}
