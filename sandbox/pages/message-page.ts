import { escapeHtml, type Page } from './page.ts'

/** A page with only a message. */
export const messagePage = (name: string, title: string, text: string): Page => ({
  title,
  name,
  body: `<p>${escapeHtml(text)}</p>`,
})
