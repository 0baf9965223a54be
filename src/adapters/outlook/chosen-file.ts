import type { SignIn } from '../../ports/sign-in.ts'

/**
 * Consent by choosing a file: no page opens and nothing is kept. Throws what `open` throws, so that a wrong file links no account.
 *
 * @param open opens the file, and resolves to the name that the account is shown with, or to null if the file is that of the last
 *   import. Throws an `ImportFailure` if the file cannot be opened
 */
export const chosenFile = (open: () => Promise<string | null>): SignIn => ({
  signIn: async (_request, context) => {
    const name = await open()
    const account = { id: null, ...(name !== null && { username: name }) }
    if (!context.signal.aborted) await context.report({ type: 'consent.granted', account })
  },
  signOut: async () => undefined,
  close: async () => undefined,
})
