import { CONTACTS_SCOPE, scopeText } from '../google/sign-in/scopes.ts'
import { hasUsername, type Person } from '../people.ts'
import { messagePage } from './message-page.ts'
import { escapeHtml, type Page } from './page.ts'

/** *Choose an account*: all people of the sandbox, or a typed address. A `hint` is typed already, and its row comes first. */
export const googleChooseAccountPage = (
  people: readonly Person[],
  { error, hint }: { readonly error?: string; readonly hint?: string } = {},
): Page => ({
  title: 'Choose an account',
  name: 'google-choose-account',
  body: `<p>to continue to <strong>device-contacts</strong></p>
<form method="post">
<ul>${people
    .toSorted((a, b) => Number(hasUsername(b, hint)) - Number(hasUsername(a, hint)))
    .map(row)
    .join('')}</ul>
</form>
<form method="post">
${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<label>Another account <input type="email" name="username" autocomplete="off" placeholder="name@sandbox.example"${hint === undefined ? '' : ` value="${escapeHtml(hint)}"`}></label>
<div class="actions"><button class="primary" name="decision" value="next">Next</button></div>
</form>`,
})

const row = ({ id, name, username }: Person): string =>
  `<li><button class="row" name="account" value="${escapeHtml(id)}">${escapeHtml(name)}<small>${escapeHtml(username)}</small></button></li>`

/** *… wants access to your Google Account*: beside other scopes, the contacts have a box that is not ticked. */
export const googlePermissionsPage = (person: Person, scopes: readonly string[]): Page => ({
  title: 'device-contacts wants access to your Google Account',
  name: 'google-permissions',
  body: `<p>${escapeHtml(person.username)}</p>
<form method="post">
<p>${scopes.length > 1 ? 'Select what <strong>device-contacts</strong> can access' : 'This will allow <strong>device-contacts</strong> to:'}</p>
<ul>${scopes.map((scope) => `<li>${permission(scope, scopes.length > 1)}</li>`).join('')}</ul>
<p><small>You can see or remove access in your Google Account at any time.</small></p>
<div class="actions">
<button name="decision" value="cancel">Cancel</button>
<button class="primary" name="decision" value="accept">Continue</button>
</div>
</form>`,
})

const permission = (scope: string, isOneOfSeveral: boolean): string =>
  scope === CONTACTS_SCOPE && isOneOfSeveral
    ? `<label><input type="checkbox" name="contacts" value="yes"> ${escapeHtml(scopeText(scope))}</label>`
    : escapeHtml(scopeText(scope))

/** *Access blocked*: there is no way back to the app. */
export const googleBlockedPage = (error: string, text: string): Page =>
  messagePage('google-error', `Access blocked: this app’s request is invalid (${error})`, text)
