import { escapeHtml, type Page } from './page.ts'

/** *Need admin approval*: the person cannot consent in this tenant. */
export const needApprovalPage = (username: string): Page => ({
  title: 'Need admin approval',
  name: 'need-approval',
  body: `<p>${escapeHtml(username)}</p>
<p><strong>device-contacts</strong> needs a permission that only an administrator of your organization can give.
Ask an administrator, then try again. (AADSTS90094)</p>
<form method="post"><div class="actions">
<button name="decision" value="cancel">Return to the application without granting consent</button>
</div></form>`,
})
