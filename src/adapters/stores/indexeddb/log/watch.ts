/** Tells other tabs about appends, and hears of theirs. */
export interface Announcements {
  /** Tells the others that the log now ends at this position. */
  announce(last: number): void
  /**
   * Calls back when another tab has appended. Messages arrive late: those about appends up to `from`, where the log
   * ended when the watch began, do not count. Returns a function that stops this.
   */
  watch(from: Promise<number>, listener: () => void): () => void
  close(): void
}

/** @param name of the channel: the same for all tabs that have the store open */
export const announcements = (name: string): Announcements => {
  const channel = new BroadcastChannel(name)
  return {
    announce: (last) => channel.postMessage(last),
    watch: (from, listener) => {
      let isWatching = true
      const hear = ({ data }: MessageEvent<unknown>) =>
        void from.then(
          (start) => {
            if (isWatching && typeof data === 'number' && data > start) listener()
          },
          () => undefined, // The next call to the store throws the error.
        )
      channel.addEventListener('message', hear)
      return () => {
        isWatching = false
        channel.removeEventListener('message', hear)
      }
    },
    close: () => channel.close(),
  }
}
