/** A list of TanStack Virtual without a framework: nodes by their index, as the items of its examples have keys. */
import { elementScroll, observeElementOffset, observeElementRect, Virtualizer } from '@tanstack/virtual-core'
import type { VirtualizerOptions } from '@tanstack/virtual-core'
import { ROW, showPeer } from './peer-list.ts'
import { markActive, peerRow } from './peer-row.ts'

/** As many rows beyond the screen as `<contact-list>` draws. */
const OVERSCAN = 4

void showPeer('', (scroller, contacts, isActive) => {
  const canvas = document.createElement('div')
  canvas.className = 'canvas'
  scroller.append(canvas)
  const nodes = new Map<number, HTMLElement>()
  let shown: readonly number[] = []
  const draw = () => {
    canvas.style.blockSize = `${virtualizer.getTotalSize()}px`
    const items = virtualizer.getVirtualItems()
    const wanted = new Set(items.map(({ index }) => index))
    for (const [index, node] of nodes)
      if (!wanted.has(index)) {
        node.remove()
        nodes.delete(index)
      }
    for (const { index, start } of items) {
      if (nodes.has(index)) continue
      const place = shown[index]
      const contact = place === undefined ? undefined : contacts[place]
      if (place === undefined || contact === undefined) continue
      const node = peerRow(contact, place)
      node.style.transform = `translateY(${start}px)`
      markActive(node, isActive(place))
      nodes.set(index, node)
      canvas.append(node)
    }
  }
  const options = (): VirtualizerOptions<HTMLElement, HTMLElement> => ({
    count: shown.length,
    getScrollElement: () => scroller,
    estimateSize: () => ROW,
    overscan: OVERSCAN,
    scrollToFn: elementScroll,
    observeElementRect,
    observeElementOffset,
    onChange: draw,
  })
  const virtualizer = new Virtualizer(options())
  virtualizer._didMount()
  return {
    show: (places) => {
      shown = places
      for (const node of nodes.values()) node.remove()
      nodes.clear()
      virtualizer.setOptions(options())
      virtualizer._willUpdate()
      virtualizer.measure()
      draw()
    },
    reveal: (at) => {
      virtualizer.scrollToIndex(at, { align: 'auto' })
      draw()
    },
  }
})
