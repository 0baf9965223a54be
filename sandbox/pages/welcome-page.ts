import type { Person } from '../people.ts'
import { escapeHtml, type Page } from './page.ts'

/** The page at the sandbox's own address. */
export const welcomePage = (graphUrl: string, people: readonly Person[]): Page => ({
  title: 'Sandbox tenant',
  name: 'welcome',
  body: `<p>All people and contacts here are invented. Nothing leaves this machine.</p>
<ul>${people.map(({ name, username }) => `<li>${escapeHtml(name)}<small>${escapeHtml(username)}</small></li>`).join('')}</ul>
<p><small>Graph: ${escapeHtml(graphUrl)}</small></p>`,
})
