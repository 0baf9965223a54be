/** What a measured page offers to the benchmark, as `globalThis.measured`. */
export interface MeasuredPage {
  /** Imports all contacts. Resolves to their number once they are in IndexedDB and in display order. */
  importAll(graph: { readonly origin: string; readonly token: string }): Promise<number>
  /** Resolves when all work after the import is done too. */
  finish(): Promise<void>
  /** Opens what an earlier page has stored, and shows its first screen. */
  open(): Promise<void>
}

/** Rows of a screen. */
export const SCREEN = 50

/** Shows the names of a first screen, and notes when that was. Throws if there are none. */
export const showScreen = (names: readonly string[]): void => {
  if (names.length === 0) throw new Error('There is nothing to show')
  const list = document.createElement('ul')
  for (const name of names) {
    const row = document.createElement('li')
    row.textContent = name
    list.append(row)
  }
  document.body.append(list)
  // Reading its height makes the browser lay out the list.
  if (list.offsetHeight > 0) document.documentElement.dataset['shownAt'] = String(performance.now())
}

/** Offers the page to the benchmark. Opens its list if the address says so. */
export const offer = (page: MeasuredPage): void => {
  Object.assign(globalThis, { measured: page })
  if (location.search === '?open') void page.open()
}
