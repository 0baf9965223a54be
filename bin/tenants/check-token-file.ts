import { readTokenFile, TokenFileError } from '../../src/adapters/sign-in/access-token-file.node.ts'
import { UsageError } from '../../src/shells/terminal/arguments/usage-error.ts'

const problems = {
  missing: 'does not exist',
  unreadable: 'cannot be read',
  empty: 'is empty',
  'not-a-token': 'does not contain an access token',
} as const

/** Checked first, because a wrong file name is a usage error and not a failed import. */
export const checkTokenFile = async (file: string): Promise<void> => {
  try {
    await readTokenFile(file)
  } catch (error) {
    if (!(error instanceof TokenFileError)) throw error
    throw new UsageError(`The token file ${file} ${problems[error.reason]}.`)
  }
}
