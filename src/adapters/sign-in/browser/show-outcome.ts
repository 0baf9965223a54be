import { type TabPage, wordsOf } from '../redirect/outcomes.ts'
import { pageStyle } from '../redirect/page-style.ts'

/**
 * Shows what happened, instead of anything before. The same page as that of a sign-in without a browser
 * app, made by calls of the DOM: a Content-Security-Policy may forbid inline styles, and Trusted Types markup in texts.
 */
export const showOutcome = (page: TabPage, appName: string): void => {
  const { heading, text, next } = wordsOf(page)
  if (document.adoptedStyleSheets.length === 0) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(pageStyle)
    document.adoptedStyleSheets = [sheet]
  }
  document.title = `${heading} – ${appName}`
  const main = document.querySelector('main') ?? document.body.appendChild(document.createElement('main'))
  main.toggleAttribute('data-good', page === 'granted')
  const status = main.querySelector('[role=status]') ?? newStatus(main, appName)
  status.replaceChildren(made('h1', heading), made('p', text), made('p', next, 'next'))
}

/** The region stays, because a screen reader announces changes of a region that it knows. */
const newStatus = (main: Element, appName: string): Element => {
  const status = made('div', '')
  status.setAttribute('role', 'status')
  main.replaceChildren(made('p', appName, 'app'), status)
  return status
}

const made = (name: 'h1' | 'p' | 'div', text: string, className = ''): HTMLElement => {
  const element = document.createElement(name)
  element.textContent = text
  if (className !== '') element.className = className
  return element
}
