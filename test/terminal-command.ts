import { EventEmitter } from 'node:events'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import type * as BuiltCommand from '../bin/command.ts'
import { isSoak } from './soak.ts'
import { environmentOf, startIn, type Ended } from './terminal-process.ts'

type Command = typeof BuiltCommand

/** The command as it was built. Vite cannot resolve a variable, so that the tests load without a build. */
const built = '../dist/bin/command.js'

let isRunning = false

/**
 * Runs a command to its end, in this process: a process of its own takes six times the processor time for an import and
 * twenty for a list, most of it to load modules. Commands that run at the same time have processes of their own, as have
 * all commands of a soak, and those on a machine whose language is not that of the tests, because a process cannot change
 * its language.
 */
export const run = (...args: string[]): Promise<Ended> => runIn({}, ...args)

/** The same with these variables of the environment. */
export const runIn = async (environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Ended> => {
  const { locale } = Intl.DateTimeFormat().resolvedOptions()
  if (isRunning || isSoak || locale !== 'en-US') return startIn(environment, ...args).ended
  isRunning = true
  const before = { ...process.env }
  try {
    replaceEnvironment(environmentOf(environment))
    const { runCommand } = (await import(/* @vite-ignore */ built)) as Command
    return await ended(args, runCommand)
  } finally {
    replaceEnvironment(before)
    isRunning = false
  }
}

const ended = async (args: readonly string[], runCommand: Command['runCommand']): Promise<Ended> => {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()]
  const texts = Promise.all([text(stdout), text(stderr)])
  const exit = (code: number): never => {
    throw new Error(`The command ended its process with ${code}.`)
  }
  const ownProcess = Object.assign(new EventEmitter(), { stdout, stderr, env: process.env, exit })
  const code = await runCommand(args, ownProcess)
  stdout.end()
  stderr.end()
  const [out, err] = await texts
  return { code, stdout: out, stderr: err }
}

const replaceEnvironment = (environment: NodeJS.ProcessEnv): void => {
  for (const name of Object.keys(process.env))
    if (!(name in environment)) Reflect.deleteProperty(process.env, name)
  for (const [name, value] of Object.entries(environment)) if (value !== undefined) process.env[name] = value
}

/** The JSON lines of the output. */
export const records = ({ stdout }: Ended): Record<string, unknown>[] =>
  stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

export const lastRecord = (ended: Ended): Record<string, unknown> => records(ended).at(-1) ?? {}
