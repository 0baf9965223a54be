/** A list with all of its rows in the document. */
import { showPeer } from './peer-list.ts'
import { peerRow } from './peer-row.ts'

/** Rows are one below the other, and those that do not match are hidden. */
const style = `ul { margin: 0; padding: 0; list-style: none }
  li { display: block } li[hidden] { display: none } .row { position: relative }`

void showPeer(style, (scroller, contacts) => {
  const list = document.createElement('ul')
  const items = contacts.map((contact, place) => {
    const item = document.createElement('li')
    item.append(peerRow(contact, place))
    return item
  })
  let shown: readonly number[] = []
  return {
    show: (places) => {
      shown = places
      const all = new Set(places)
      items.forEach((item, place) => (item.hidden = !all.has(place)))
      if (list.firstChild !== null) return
      list.append(...items)
      scroller.append(list)
    },
    reveal: (at) => {
      const place = shown[at]
      if (place !== undefined) items[place]?.scrollIntoView({ block: 'nearest' })
    },
  }
})
