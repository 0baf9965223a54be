import type { Output } from '../../src/shells/terminal/output/output.ts'

/** Says that the sandbox is not Microsoft, and that a robot signs in. */
export const announceSandbox = (output: Output, isRobotSigningIn: boolean): void => {
  output.note(
    'This is the sandbox tenant, not Microsoft: it runs on this machine, and its people are invented.',
    'warn',
  )
  if (isRobotSigningIn) output.note('A robot signs in for you. To sign in yourself, use --interactive.')
}
