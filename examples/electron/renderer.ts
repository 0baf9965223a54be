import { connectBook } from 'device-contacts'
import { defineContactElements } from 'device-contacts/elements'
import { BOOK_CHANNEL } from './channel.ts'

void defineContactElements()

const list = document.querySelector('contact-list')
const settings = document.querySelector('contact-settings')
if (list === null || settings === null) throw new Error('the page has no elements')

window.addEventListener('message', ({ source, data, ports: [port] }) => {
  // From the preload script, and not from a frame or another window.
  if (source !== window || data !== BOOK_CHANNEL || port === undefined) return
  void connectBook(port).then((client) => {
    list.client = client
    settings.client = client
  })
})

const show = (): void => {
  const shown = location.hash === '#settings' ? settings : list
  for (const element of [list, settings]) element.hidden = element !== shown
  for (const link of document.querySelectorAll('nav a'))
    if (link.getAttribute('href') === `#${shown.id}`) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
}
list.addEventListener('contact-settings-wanted', () => (location.hash = 'settings'))
window.addEventListener('hashchange', show)
show()
