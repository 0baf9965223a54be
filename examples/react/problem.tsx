import { deleteIndexedDbStorage, isImportFailure } from 'device-contacts/browser'
import type { FailureCode } from 'device-contacts/browser'
import { explainFailure, messages } from 'device-contacts/messages'
import { Component } from 'react'
import type { ReactNode } from 'react'

const words = messages(navigator.language)
const situation = { source: 'microsoft365', steps: words.settings.steps, storage: 'browser' } as const

/** Says why the contacts could not be opened, and what to do. What goes wrong later, the elements say themselves. */
export class Problem extends Component<
  { readonly children: ReactNode },
  { readonly code: FailureCode | null }
> {
  override state: { readonly code: FailureCode | null } = { code: null }

  static getDerivedStateFromError(error: unknown) {
    return { code: isImportFailure(error) ? error.code : 'internal' }
  }

  override render(): ReactNode {
    const { code } = this.state
    if (code === null) return this.props.children
    const { happened, next } = explainFailure(words, code, situation)
    return (
      <main className="problem" role="alert">
        <h1>My contacts</h1>
        <p>{happened}</p>
        <p>{next}</p>
        {code === 'storage-damaged' && (
          <button onClick={() => void startAgain()}>Delete the stored data</button>
        )}
      </main>
    )
  }
}

const startAgain = async (): Promise<void> => {
  if (await deleteIndexedDbStorage()) location.reload()
}
