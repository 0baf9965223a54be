import { withTimeout } from '../../async/with-timeout.ts'
import { KeyVaultUnavailable } from '../../ports/key-vault.ts'

/** How long a vault may take to answer, in ms. */
export const ANSWER_LIMIT_MS = 5_000

/**
 * Does work on files. Throws `KeyVaultUnavailable` for an error of the file system, or if it does not answer in time
 * (a network drive). Other errors are defects and are passed on.
 */
export const onFiles = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await withTimeout(ANSWER_LIMIT_MS, null, work)
  } catch (error) {
    throw isOfFiles(error) ? new KeyVaultUnavailable('The keys cannot be reached.', { cause: error }) : error
  }
}

const isOfFiles = (error: unknown): boolean =>
  Reflect.get(Object(error), 'name') === 'TimeoutError' ||
  typeof Reflect.get(Object(error), 'errno') === 'number'
