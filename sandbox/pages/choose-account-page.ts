import { hasUsername, type Person } from '../people.ts'
import { escapeHtml, type Page } from './page.ts'

/** *Pick an account*: all people of the sandbox, or a typed address. A `hint` is typed already, and its row comes first. */
export const chooseAccountPage = (
  people: readonly Person[],
  { error, hint }: { readonly error?: string; readonly hint?: string } = {},
): Page => ({
  title: 'Pick an account',
  name: 'choose-account',
  body: `<p>to continue to <strong>device-contacts</strong></p>
<form method="post">
<ul>${hintedFirst(people, hint).map(row).join('')}</ul>
</form>
<form method="post">
${error === undefined ? '' : `<p class="error" role="alert">${escapeHtml(error)}</p>`}
<label>Another account <input type="email" name="username" autocomplete="off" placeholder="name@sandbox.example"${hint === undefined ? '' : ` value="${escapeHtml(hint)}"`}></label>
<div class="actions">
<button name="decision" value="cancel">Cancel</button>
<button class="primary" name="decision" value="next">Next</button>
</div>
</form>`,
})

const hintedFirst = (people: readonly Person[], hint: string | undefined): readonly Person[] =>
  people.toSorted((a, b) => Number(hasUsername(b, hint)) - Number(hasUsername(a, hint)))

const row = ({ id, name, username }: Person): string =>
  `<li><button class="row" name="account" value="${escapeHtml(id)}">${escapeHtml(name)}<small>${escapeHtml(username)}</small></button></li>`
