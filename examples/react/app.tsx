import { askToPersist } from 'device-contacts/browser'
import { Activity, use, useState } from 'react'
import type { OpenContacts } from './contacts.ts'
import type {} from './elements.ts'
import { useView } from './use-view.ts'

const views = { contacts: 'My contacts', settings: 'Settings' }
type ViewName = keyof typeof views

export const App = ({ opening }: { readonly opening: Promise<OpenContacts> }) => {
  const { client, signInTabs } = use(opening)
  const { count } = useView(client.list)
  const [shown, show] = useState<ViewName>('contacts')
  const [called, call] = useState<string | null>(null)
  const [ringing, ring] = useState('')

  return (
    <>
      <header>
        <nav aria-label="Contacts">
          {(Object.keys(views) as ViewName[]).map((name) => (
            <button key={name} aria-current={name === shown ? 'page' : undefined} onClick={() => show(name)}>
              {views[name]} {name === 'contacts' && count > 0 && <span>{count.toLocaleString()}</span>}
            </button>
          ))}
        </nav>
        <label>
          {/* A softphone would say it. */}
          Who calls from
          <input type="tel" value={ringing} onChange={({ target }) => ring(target.value)} />
        </label>
      </header>
      <incoming-call client={client} number={ringing} />
      <div role="status">
        {called !== null && (
          <p className="calling">
            Calling {called} <button onClick={() => call(null)}>Hang up</button>
          </p>
        )}
      </div>
      <main>
        <Activity mode={shown === 'contacts' ? 'visible' : 'hidden'}>
          <contact-list
            client={client}
            oncontact-settings-wanted={() => show('settings')}
            oncontact-call={(event) => {
              // Without this, the browser opens the `tel:` link.
              event.preventDefault()
              call(event.detail.number)
            }}
          />
        </Activity>
        <Activity mode={shown === 'settings' ? 'visible' : 'hidden'}>
          <contact-settings
            client={client}
            signInTabs={signInTabs}
            oncontacts-command={({ detail }) => {
              // Some browsers ask the person, so it waits for a click that begins an import.
              if (detail.command === 'signIn') void askToPersist()
            }}
          />
        </Activity>
      </main>
    </>
  )
}
