import { StrictMode, Suspense } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { openContacts } from './contacts.ts'
import { Problem } from './problem.tsx'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no #root')

// Outside of the components: React may render them more than once, and the book is opened once.
const opening = openContacts()

createRoot(root).render(
  <StrictMode>
    <Problem>
      <Suspense>
        <App opening={opening} />
      </Suspense>
    </Problem>
  </StrictMode>,
)
