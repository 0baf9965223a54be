import { defineContactElements } from '../../../elements.ts'
import { loadMessages } from '../../../messages.ts'
import { openBrowserBook } from './books/browser-book.ts'
import { CallView } from './frame/call-view.ts'
import { ContactsPage } from './frame/contacts-page.ts'
import { loadConfig, noticeIn } from './page-config.ts'
import { loadExtension } from './page-extension.ts'
import { pageTexts } from './page-texts.ts'
import { openProgramBook, takeKey } from './books/program-book.ts'

// First, because a key must not stay in the address.
const key = takeKey()
const defined = defineContactElements()
customElements.define('call-view', CallView)
customElements.define('contacts-page', ContactsPage)

const start = async (page: ContactsPage): Promise<void> => {
  // The frame speaks the language that the elements have.
  const messages = await loadMessages(navigator.language).catch(() => null)
  if (messages === null) {
    page.locale = navigator.language
    page.isIncomplete = true
    return
  }
  const { locale } = messages
  const words = pageTexts(locale)
  document.documentElement.lang = words.language
  page.locale = locale
  const config = await loadConfig()
  if (config.view !== undefined && location.hash === '') location.replace(`#${config.view}`)
  page.notice = noticeIn(config, words.language)
  if (config.extension !== undefined)
    loadExtension(config.extension, words.language).then(
      (extension) => (page.extension = extension),
      () => (page.isIncomplete = true),
    )
  const show = (state: ContactsPage['state']) => (page.state = state)
  await (config.book === 'browser' ? openBrowserBook(config, show) : openProgramBook(config, key, show))
}

const page = document.querySelector<ContactsPage>('contacts-page')
if (page !== null) {
  defined.catch(() => (page.isIncomplete = true))
  start(page).catch(() => {
    page.state = { phase: 'ended' }
  })
}
