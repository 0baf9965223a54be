import { expect, it } from 'vitest'
import { failuresPage } from './failures-page.ts'
import { messages } from './english.ts'

// After a change of the messages: npx vitest run src/messages -u
it('docs/failures.md contains the current messages', async () => {
  await expect(failuresPage(messages('en-US'))).toMatchFileSnapshot('../../docs/failures.md')
})
