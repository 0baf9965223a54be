import { initialsOf, toneOf } from '../../../src/shells/web/contact/avatar.ts'
import type { KeptContact } from './kept-json.ts'

const pattern = document.createElement('template')
pattern.innerHTML = `<div class="row"><div class="cell main"
  ><span class="avatar"></span><span class="texts"><span class="name" dir="auto"></span><span class="detail" dir="auto"></span></span
></div><div class="cell reach"><button type="button" class="button subtle icon" tabindex="-1"
  ><svg class="line" viewBox="0 0 20 20" aria-hidden="true"><path
    d="M6.6 3 8.4 7 6.9 8.6a10.4 10.4 0 0 0 4.5 4.5L13 11.6l4 1.8v2.4c0 .7-.6 1.2-1.3 1.2A12.7 12.7 0 0 1 3 4.3C3 3.6 3.5 3 4.2 3Z"
  /></svg></button></div></div>`

/** A row that looks as those of `<contact-list>`. */
export const peerRow = (contact: KeptContact, index: number): HTMLElement => {
  const row = pattern.content.firstElementChild?.cloneNode(true) as HTMLElement
  const { displayName, key, organization, emails, phones } = contact
  const at = (name: string) => row.querySelector(`.${name}`) as HTMLElement
  row.id = `row-${index}`
  row.role = 'option'
  at('avatar').textContent = initialsOf(displayName)
  at('avatar').classList.add(`tone-${toneOf(key)}`)
  at('name').textContent = displayName
  at('detail').textContent = organization?.name ?? emails[0]?.address ?? ''
  const [phone] = phones
  if (phone) at('button').title = phone.value
  else at('reach').remove()
  return row
}

/** Marks the row that the keyboard is on. */
export const markActive = (row: HTMLElement | null, isActive: boolean): void => {
  row?.firstElementChild?.classList.toggle('active', isActive)
}
