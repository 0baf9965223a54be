import type { Person } from '../people.ts'
import { escapeHtml, type Page } from './page.ts'

/** *Pick an account*: all people of the sandbox, or a typed address. */
export const chooseAccountPage = (people: readonly Person[], error?: string): Page => ({
  title: 'Pick an account',
  name: 'choose-account',
  body: `<p>to continue to <strong>device-contacts</strong></p>
<form method="post">
<ul>${people.map(row).join('')}</ul>
</form>
<form method="post">
${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<label>Another account <input type="email" name="username" autocomplete="off" placeholder="name@sandbox.example"></label>
<div class="actions">
<button name="decision" value="cancel">Cancel</button>
<button class="primary" name="decision" value="next">Next</button>
</div>
</form>`,
})

const row = ({ id, name, username }: Person): string =>
  `<li><button class="row" name="account" value="${escapeHtml(id)}">${escapeHtml(name)}<small>${escapeHtml(username)}</small></button></li>`
