import { test as base } from 'vitest'
import { graphVisitor } from './graph-visitor.ts'
import { type Sandbox, type SandboxOptions, startSandbox } from './index.ts'

/**
 * Vitest's `test` with a sandbox, a visitor of its Graph, and the mailbox of the ordinary user. Each test has its own;
 * it is closed whether the test passes or fails.
 */
export const visitedSandbox = (options: Partial<SandboxOptions>) =>
  base
    .extend('options', { scope: 'file' }, options)
    .extend('sandbox', ({ options }, { onCleanup }) => started(options, onCleanup))
    .extend('graph', ({ sandbox }) => graphVisitor(sandbox))
    .extend('mailbox', ({ sandbox }) => sandbox.mailbox('user'))

/** The same, shared by all tests of a file. */
export const sharedSandbox = (options: Partial<SandboxOptions>) =>
  base
    .extend('options', { scope: 'file' }, options)
    .extend('sandbox', { scope: 'file' }, ({ options }, { onCleanup }) => started(options, onCleanup))
    .extend('graph', { scope: 'file' }, ({ sandbox }) => graphVisitor(sandbox))
    .extend('mailbox', { scope: 'file' }, ({ sandbox }) => sandbox.mailbox('user'))

const started = async (
  options: Partial<SandboxOptions>,
  onCleanup: (close: () => Promise<void>) => void,
): Promise<Sandbox> => {
  const sandbox = await startSandbox(options)
  onCleanup(() => sandbox.close())
  return sandbox
}
