/** Nodes by what they show, used again when that is not shown any more. */
export class NodePool {
  readonly #name: string
  readonly #nodes = new Map<number, HTMLElement>()
  #isForgotten = false

  constructor(name: string) {
    this.#name = name
  }

  /** Makes these the ones that are shown. Yields those that have to be painted. */
  *take(
    wanted: readonly number[],
    again: readonly number[],
    parent: HTMLElement,
  ): Generator<readonly [number, HTMLElement]> {
    const all = new Set(wanted)
    const free = [...this.#nodes].filter(([index]) => !all.has(index))
    for (const index of wanted) {
      const known = this.#nodes.get(index)
      if (known) {
        if (this.#isForgotten || again.includes(index)) yield [index, known]
        continue
      }
      const [old, reused] = free.pop() ?? []
      if (old !== undefined) this.#nodes.delete(old)
      const node = reused ?? parent.appendChild(document.createElement('div'))
      if (!reused) node.className = this.#name
      this.#nodes.set(index, node)
      yield [index, node]
    }
    for (const [index, node] of free) {
      this.#nodes.delete(index)
      node.remove()
    }
    this.#isForgotten = false
  }

  /** All have to be painted again. */
  forget(): void {
    this.#isForgotten = true
  }

  indexOf(inner: Node): number {
    for (const [index, node] of this.#nodes) if (node.contains(inner)) return index
    return -1
  }

  /** Puts them in their order in the document. */
  sort(): void {
    const inOrder = [...this.#nodes].toSorted(([one], [other]) => one - other).map(([, node]) => node)
    const isSorted = inOrder.every(
      (node, at) =>
        at === 0 || inOrder[at - 1]?.compareDocumentPosition(node) === Node.DOCUMENT_POSITION_FOLLOWING,
    )
    if (!isSorted) for (const node of inOrder) node.parentNode?.appendChild(node)
  }

  clear(): void {
    for (const node of this.#nodes.values()) node.remove()
    this.#nodes.clear()
  }
}
