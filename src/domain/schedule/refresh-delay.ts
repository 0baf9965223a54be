/** Milliseconds: five minutes. */
const WINDOW = 300_000

/**
 * Milliseconds by which a shell delays a scheduled refresh, spread evenly over a window. Without the delay, all
 * devices that refresh at nine in the morning would reach the service within one second. Do not delay a refresh
 * that a person asks for. A device that keeps its random number keeps its refreshes equally far apart.
 *
 * @param random at least 0, less than 1
 * @param window milliseconds; five minutes by default
 */
export const refreshDelay = (random: number, window: number = WINDOW): number => Math.floor(random * window)
