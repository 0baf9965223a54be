import { abortable } from './abortable.ts'

/**
 * The values of a generator until the signal aborts, also while it waits for something that never answers; then throws the
 * signal's reason. Ends the generator if the consumer stops.
 */
export async function* untilAborted<T>(
  values: AsyncGenerator<T, undefined>,
  signal: AbortSignal,
): AsyncGenerator<T, undefined> {
  try {
    for (let next = await abortable(values.next(), signal); next.done !== true;) {
      yield next.value
      signal.throwIfAborted()
      next = await abortable(values.next(), signal)
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error
  } finally {
    void values.return(undefined).catch(() => undefined)
  }
}
