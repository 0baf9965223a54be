import type { Person } from '../people.ts'
import { escapeHtml, type Page } from './page.ts'

/** The page at the sandbox's own address. */
export const welcomePage = (graphUrl: string, people: readonly Person[]): Page => ({
  title: 'A tenant for people who have none',
  name: 'welcome',
  body: `<p>Everybody here is invented, and so are their contacts. Nothing leaves this machine.</p>
<ul>${people.map(({ name, username }) => `<li>${escapeHtml(name)}<small>${escapeHtml(username)}</small></li>`).join('')}</ul>
<p><small>Graph: ${escapeHtml(graphUrl)}</small></p>`,
})
