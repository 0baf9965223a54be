import { escapeHtml, type Page } from './page.ts'

/** oidc-provider supplies the forms, but without a button and a label. */
export const enterCodePage = (form: string, wrong: boolean): Page => ({
  title: 'Enter code',
  name: 'device-code',
  body: `${wrong ? '<p class="error" role="alert">That code did not work. Check the code on your device and try again.</p>' : ''}
<p>Enter the code that your device shows.</p>
${form.replace(/ onfocus="[^"]*"/, ' aria-label="Code"')}
<div class="actions"><button class="primary" form="op.deviceInputForm">Next</button></div>`,
})

export const confirmCodePage = (form: string, userCode: string): Page => ({
  title: 'Are you trying to sign in to device-contacts?',
  name: 'device-confirm',
  body: `<p>Continue only if your device shows the code <strong>${escapeHtml(userCode)}</strong>.</p>
${form}
<div class="actions">
<button form="op.deviceConfirmForm" name="abort" value="yes">Cancel</button>
<button class="primary" form="op.deviceConfirmForm">Continue</button>
</div>`,
})

export const logoutPage = (form: string): Page => ({
  title: 'Sign out?',
  name: 'sign-out',
  body: `${form}
<div class="actions"><button class="primary" form="op.logoutForm" name="logout" value="yes">Sign out</button></div>`,
})
