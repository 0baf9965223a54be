/** What a measured page shows. */
export interface ShownList {
  /** What scrolls and has the keys; null before it is there. */
  readonly scroller: () => HTMLElement | null
  /** Whether rows are in the document, with their names. */
  readonly hasRows: () => boolean
}

/** What a measured page offers to the benchmark, as `globalThis.measured`. Times are milliseconds since the navigation. */
export interface MeasuredList {
  /** Resolves once the first rows are drawn, and a key that was pressed then has moved to another row. */
  readonly interactive: Promise<{ readonly shownMs: number; readonly interactiveMs: number }>
  /** Resolves after the next frame. */
  nextFrame(): Promise<void>
  /** Resolves after the next frame, to the milliseconds since the last key. */
  sinceKey(): Promise<number>
  /** Resolves to the times of the first results for this text. */
  answerTo(text: string): Promise<AnswerTimes>
}

/** Milliseconds from the last key. */
export interface AnswerTimes {
  /** Until the results were known. */
  readonly knownMs: number
  /** Until they were drawn. */
  readonly drawnMs: number
}

/** Resolves when the frame that comes next is laid out and its painting is recorded. */
export const nextFrame = (): Promise<void> =>
  new Promise((resolve) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => resolve()
      port2.postMessage(null)
    }),
  )

/** Where lists report which text they have answered. */
export interface Answers {
  /** The results for this text are in the document, or will be in the next frame. */
  readonly answered: (text: string) => void
}

/** Offers the page to the benchmark, and measures until it can be used. */
export const offerList = (list: ShownList): Answers => {
  let keyAt = 0
  // In the capturing phase, so that it comes first.
  addEventListener('keydown', ({ timeStamp }) => (keyAt = timeStamp), true)
  const answers = new Map<string, AnswerTimes>()
  const waiting = new Map<string, (times: AnswerTimes) => void>()
  const measured: MeasuredList = {
    interactive: untilInteractive(list),
    nextFrame,
    sinceKey: async () => {
      await nextFrame()
      return performance.now() - keyAt
    },
    answerTo: (text) =>
      new Promise((resolve) => {
        const answer = answers.get(text)
        if (answer === undefined) waiting.set(text, resolve)
        else resolve(answer)
        answers.delete(text)
      }),
  }
  Object.assign(globalThis, { measured })
  return {
    answered: (text) => {
      const from = keyAt
      const knownMs = performance.now() - from
      void nextFrame().then(() => {
        const times = { knownMs, drawnMs: performance.now() - from }
        const resolve = waiting.get(text)
        waiting.delete(text)
        if (resolve) resolve(times)
        else answers.set(text, times)
      })
    },
  }
}

const untilInteractive = async ({ scroller, hasRows }: ShownList) => {
  while (!hasRows()) await nextFrame()
  const shownMs = performance.now()
  const active = () => scroller()?.getAttribute('aria-activedescendant')
  scroller()?.focus()
  await nextFrame()
  const first = active()
  do {
    const press = { key: 'ArrowDown', bubbles: true, composed: true, cancelable: true }
    scroller()?.dispatchEvent(new KeyboardEvent('keydown', press))
    await nextFrame()
  } while (active() === first)
  return { shownMs, interactiveMs: performance.now() }
}

/** A place of the same size for each list: that of a phone, in a window of any size. */
export const frameOf = (list: HTMLElement): void => {
  const frame = document.createElement('main')
  Object.assign(frame.style, { inlineSize: '400px', blockSize: '700px' })
  frame.append(list)
  document.body.style.margin = '0'
  document.body.append(frame)
}
