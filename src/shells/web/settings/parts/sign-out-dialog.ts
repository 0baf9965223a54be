import { html, nothing } from 'lit'
import type { TemplateResult } from 'lit'
import type { ClientAccount } from '../../../../index.ts'
import type { Messages } from '../../../../messages.ts'

export interface SignOutQuestion {
  readonly account: ClientAccount
  readonly texts: Messages
  /** Whether other accounts have contacts on this device. */
  readonly hasOthers: boolean
  /** How often the person said of contacts of the account whether they are the same person as others. */
  readonly decisions: number
  readonly confirm: () => void
  readonly cancel: () => void
}

/** What a sign-out removes and what it leaves. */
export const signOutQuestion = ({
  account,
  texts,
  hasOthers,
  decisions,
  confirm,
  cancel,
}: SignOutQuestion): TemplateResult => {
  const { commands, signOut } = texts.settings
  const { list, source } = account
  return html`<h2 id="sign-out-question">${signOut.question(source)}</h2>
    <div class="sides">
      <div>
        <h3>${signOut.goes}</h3>
        <ul>
          ${list === null ? nothing : html`<li>${signOut.goesContacts(list.count, source)}</li>`}
          <li>${signOut.goesSignIn}</li>
          ${decisions === 0 ? nothing : html`<li>${signOut.goesDecisions(decisions)}</li>`}
        </ul>
      </div>
      <div>
        <h3>${signOut.stays}</h3>
        <ul>
          <li>${signOut.staysThere(source)}</li>
          ${hasOthers ? html`<li>${signOut.staysHere}</li>` : nothing}
        </ul>
      </div>
    </div>
    <div class="commands end">
      <button class="button plain" part="button" autofocus @click=${cancel}>${signOut.cancel}</button>
      <button class="button danger" part="button" @click=${confirm}>${commands.signOut}</button>
    </div>`
}
