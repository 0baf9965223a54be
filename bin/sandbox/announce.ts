import { dirname } from 'node:path'
import type { Output } from '../../src/shells/terminal/output/output.ts'
import { defaultStore, isMakeshift } from '../store-file.ts'

/** Says that the sandbox is not Microsoft, and that a robot signs in. */
export const announceSandbox = (output: Output, isRobotSigningIn: boolean, store: string): void => {
  output.note(
    'This is the sandbox tenant, not Microsoft: it runs on this machine, and its people are invented.',
    'warn',
  )
  if (isMakeshift(store))
    output.note(
      `Nothing can be stored in ${dirname(defaultStore())}, so the contacts are among temporary files: ${store}`,
      'warn',
    )
  if (isRobotSigningIn) output.note('A robot signs in for you. To sign in yourself, use --interactive.')
}
