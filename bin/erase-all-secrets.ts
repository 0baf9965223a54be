import { eraseSecrets } from '../src/node.ts'
import { offlineTenant } from './tenants/offline.ts'

type Left = Awaited<ReturnType<typeof eraseSecrets>>

/** Removes the tokens and keys of every source of a store that cannot be opened. As `eraseSecrets` of the library. */
export const eraseAllSecrets = async (store: string): Promise<Left> => {
  const { source, google } = await offlineTenant(store)
  const hadGoogle = (await google.source.signIn.hasTokens?.().catch(() => true)) ?? false
  const ofMicrosoft = await eraseSecrets(store, source)
  const ofGoogle = await eraseSecrets(store, google.source)
  if (ofMicrosoft === null || ofGoogle === null) return ofMicrosoft ?? ofGoogle
  // Most stores never had tokens of Google, so that they may be elsewhere means nothing.
  const left = ofGoogle.filter((step) => step !== 'tokens' || hadGoogle)
  return [...new Set([...ofMicrosoft, ...left])]
}
