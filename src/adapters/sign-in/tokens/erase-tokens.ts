import type { SignIn, SignInContext } from '../../../ports/sign-in.ts'
import { erasingFailure } from './erasing-failure.ts'
import type { TokenCache } from './token-cache.ts'

/**
 * The sign-out of a `SignIn` whose tokens are in a cache.
 *
 * @param begin ends the use of the tokens in memory, and of a sign-in that is being recorded
 */
export const signOutOf =
  (cache: TokenCache, begin: () => void): SignIn['signOut'] =>
  async (isWanted) => {
    const isWantedNow = async (): Promise<boolean> => {
      if (isWanted && !(await isWanted())) return false
      begin()
      return true
    }
    // Without `isWanted`, the sign-out is certain. So it also applies to a sign-in that is recorded while it waits.
    if (!isWanted) begin()
    await cache.erase(isWantedNow).catch((error: unknown) => {
      throw erasingFailure(error)
    })
  }

/** Shown before the user consents to anything. Not awaited, because a key ring may ask for a password. */
export const tellWhereTokensAre = (cache: TokenCache, context: SignInContext): void =>
  void cache.unencryptedFile().then((file) => {
    if (file !== null && !context.signal.aborted) context.progress({ tokensKeptIn: file })
  })
