/** Where each of several views was scrolled to that share one scroller. A view that was not there yet begins at the top. */
export class ScrollPlaces<View> {
  readonly #places = new Map<View, number>()

  leave(view: View, scroller: Element | null): void {
    if (scroller) this.#places.set(view, scroller.scrollTop)
  }

  enter(view: View, scroller: Element | null): void {
    if (scroller) scroller.scrollTop = this.#places.get(view) ?? 0
  }
}
