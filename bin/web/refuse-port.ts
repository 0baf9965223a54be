import { UsageError } from '../../src/shells/terminal/arguments/usage-error.ts'

/** Throws `UsageError` if the error is that the port cannot be used, else the error. */
export const refusePort = (error: unknown): never => {
  const code: unknown = Reflect.get(Object(error), 'code')
  if (code === 'EADDRINUSE' || code === 'EACCES')
    throw new UsageError('This port cannot be used: choose another one with --port.')
  throw error
}
