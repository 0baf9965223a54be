/**
 * What the app knows about a sign-in tab. `unknown`: the sign-in page cut the tie to its opener (Cross-Origin-Opener-Policy, HTML
 * Standard), so nothing of ours can tell whether the tab is still there.
 */
export type TabState = 'open' | 'closed' | 'unknown'

/**
 * In ms. A page cuts the tie when it replaces the start page, some 50 ms after that is left. A tab that is still there after
 * this time has not been cut off by its first page.
 */
const TIE_IS_CUT_WITHIN = 1_000

export interface TabStates {
  /** The start page was left for the sign-in page. */
  left(at: number): void
  /** What `Window.closed` says. Call it now and then; a hidden page may do so only once a minute. */
  look(isClosed: boolean, at: number): TabState
}

/**
 * Tells a tab that was closed from one whose tie was cut: `Window.closed` is true for both. A tab counts as closed only if it
 * was seen open after the tie would have been cut, or if it never left our own page. A later page of the sign-in can cut the
 * tie too. So `closed` is a hint, and no reason to end a sign-in.
 */
export const tabStates = (): TabStates => {
  let leftAt: number | null = null
  let isTied = false
  let state: TabState = 'open'
  return {
    left: (at) => {
      leftAt ??= at
    },
    look: (isClosed, at) => {
      if (state !== 'open') return state
      if (isClosed) state = leftAt === null || isTied ? 'closed' : 'unknown'
      else isTied ||= leftAt !== null && at - leftAt >= TIE_IS_CUT_WITHIN
      return state
    },
  }
}
