/** In ms. A device that sleeps during a slice loses no more of the time than this. */
const SHORTEST_SLICE = 2_500
const MOST_SLICES = 60

/**
 * Calls back once this device has been awake for the given number of milliseconds. The returned function stops the timer.
 * On some systems an ordinary timer is due right after an hour of sleep, although nothing could be tried in that hour. So
 * the time is counted in slices, and a slice that took an hour still counts as one slice.
 *
 * @param options.keepsProcess whether the timer keeps a Node process alive. Default: true
 */
export const startAwakeTimer = (
  milliseconds: number,
  callback: () => void,
  { keepsProcess = true }: { readonly keepsProcess?: boolean } = {},
): (() => void) => {
  const longest = Math.max(SHORTEST_SLICE, milliseconds / MOST_SLICES)
  let left = milliseconds
  const next = (): ReturnType<typeof setTimeout> => {
    const slice = Math.min(left, longest)
    const timer = setTimeout(() => {
      left -= slice
      if (left > 0) current = next()
      else callback()
    }, slice)
    // Browsers have no such method.
    if (!keepsProcess) (timer as { unref?(): void }).unref?.()
    return timer
  }
  let current = next()
  return () => clearTimeout(current)
}
