import type { SignIn } from '../../ports/sign-in.ts'

/**
 * Consent by choosing a file: no page opens and nothing is kept. Throws what `open` throws, so that a wrong name links no account.
 *
 * @param name shown as the name of the account; null if the file is that of the last import
 * @param open throws an `ImportFailure` if the file cannot be opened
 */
export const chosenFile = (name: string | null, open: () => Promise<void>): SignIn => ({
  signIn: async (_request, context) => {
    await open()
    const account = { id: null, ...(name !== null && { username: name }) }
    if (!context.signal.aborted) await context.report({ type: 'consent.granted', account })
  },
  signOut: async () => undefined,
  close: async () => undefined,
})
