/**
 * The same values, with the next one already asked for while the consumer is busy with the last: at most one
 * ahead. What was asked for ahead fails when it is its turn.
 */
export async function* ahead<T>(values: AsyncIterable<T>): AsyncGenerator<T> {
  const iterator = values[Symbol.asyncIterator]()
  try {
    let next = iterator.next()
    for (;;) {
      const result = await next
      if (result.done === true) return
      next = iterator.next()
      next.catch(() => undefined)
      yield result.value
    }
  } finally {
    // Not awaited: it ends only after the request that is under way, which its signal ends.
    void iterator.return?.()
  }
}
