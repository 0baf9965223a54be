import { permissions } from '../entra/scopes.ts'
import type { Person } from '../people.ts'
import { escapeHtml, type Page } from './page.ts'

/** *Permissions requested*; administrators may consent for all users. */
export const permissionsPage = (person: Person, scopes: readonly string[]): Page => ({
  title: 'Permissions requested',
  name: 'permissions',
  body: `<p>${escapeHtml(person.username)}</p>
<p><strong>device-contacts</strong> would like to:</p>
<ul>${permissions
    .filter(({ scope }) => scopes.includes(scope))
    .map(({ title, description }) => `<li>${escapeHtml(title)}<small>${escapeHtml(description)}</small></li>`)
    .join('')}</ul>
<form method="post">
${
  person.admin
    ? `<p><label><input type="checkbox" name="organization" value="yes"> Consent on behalf of your organization</label></p>`
    : ''
}
<p><small>You can withdraw these permissions at any time in your account settings.</small></p>
<div class="actions">
<button name="decision" value="cancel">Cancel</button>
<button class="primary" name="decision" value="accept">Accept</button>
</div>
</form>`,
})
