import { copyFile, mkdir, readFile, truncate, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { newFolder } from './temp-folder.ts'
import { lastRecord, records, run } from './terminal-command.ts'

describe('bad usage is one clear sentence and exit 2:', () => {
  it.each([
    ['an unknown command', ['improt'], /Unknown command "improt"/],
    ['an unknown option', ['import', '--nope'], /--nope/],
    ['an option of another command', ['status', '--contacts', '3'], /--contacts cannot be used with/],
    ['an empty number', ['whois', ''], /The command whois needs a number/],
    [
      'a name in place of a number',
      ['whois', 'Ada', 'Lovelace'],
      /"Ada Lovelace" is no number and no SIP address\. To look for a name, use "find"\./,
    ],
    ['an empty text', ['find', ' '], /The command find needs text to find/],
    [
      'a country that has no numbers',
      ['whois', '911', '--country', 'UK'],
      /no telephone numbers of UK are known/,
    ],
    ['a bad number', ['import', '--contacts', 'many'], /--contacts must be a whole number/],
    [
      'a service that is never asked',
      ['import', '--graph-url', 'http://localhost:1'],
      /--client-id .* --token-file/,
    ],
    [
      'a fault that the sandbox does not know',
      ['import', '--fault', '{"kind":"flood"}'],
      /does not know this fault/,
    ],
  ])('%s', async (_what, args, sentence) => {
    const ended = await run(...args)
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toMatch(sentence)
    expect(ended.stderr).not.toMatch(/\n +at /)
  })

  it('no command at all', async () => {
    const ended = await run()
    expect(ended).toMatchObject({ code: 2, stdout: '' })
    expect(ended.stderr).toContain('Usage:')
  })

  it('a token file that is not there, cannot be read, is empty or holds no token', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'empty'), '\n')
    await writeFile(join(folder, 'words'), 'not a token')
    await mkdir(join(folder, 'folder'))
    for (const [name, problem] of [
      ['missing', 'does not exist'],
      ['folder', 'cannot be read'],
      ['empty', 'is empty'],
      ['words', 'does not contain an access token'],
    ] as const) {
      const store = join(folder, `${name}.db`)
      const ended = await run('import', '--token-file', join(folder, name), '--store', store)
      expect(ended).toMatchObject({ code: 2, stdout: '' })
      expect(ended.stderr).toContain(problem)
      await expect(readFile(store)).rejects.toThrow('ENOENT')
    }
  })
})

describe('help', () => {
  it('and the version are no errors', async () => {
    expect(await run('--version')).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    })
    expect((await run('--help')).stdout).toContain('Usage: device-contacts')
    expect((await run('import', '--help')).stdout).toContain('Usage: device-contacts import')
  })
})

describe('a store that', () => {
  it('is not ours is reported as such, and left unchanged', async () => {
    const file = join(await newFolder(), 'letter.txt')
    const letter = 'Dear Ada, '.repeat(500)
    await writeFile(file, letter)
    for (const command of ['import', 'status', 'list', 'sign-out']) {
      const ended = await run(command, '--store', file, '--json')
      expect(ended.code).toBe(1)
      expect(lastRecord(ended)).toMatchObject({ code: 'storage-foreign', store: file })
      expect(ended.stderr).toContain('was not changed')
    }
    expect(await readFile(file, 'utf8')).toBe(letter)
  })

  it('is damaged is reported as such, and left unchanged', async () => {
    const folder = await newFolder()
    const [store, before] = [join(folder, 's.db'), join(folder, 'before.db')]
    await run('import', '--contacts', '200', '--store', store)
    await truncate(store, 20_000)
    await copyFile(store, before)
    const ended = await run('list', '--store', store)
    expect(ended).toMatchObject({ code: 1, stdout: '' })
    expect(ended.stderr).toMatch(/damaged.*not changed/)
    expect(ended.stderr).toContain(store)
    expect(await readFile(store)).toEqual(await readFile(before))
  })

  it('is a folder is reported as such', async () => {
    const ended = await run('status', '--store', await newFolder())
    expect(ended.code).toBe(1)
    expect(ended.stderr).toContain('could not be opened')
  })
})

describe('a service that', () => {
  it('answers with a web page fails the import with a sentence, and loses nothing', async () => {
    const store = join(await newFolder(), 's.db')
    await run('import', '--contacts', '40', '--store', store)
    const ended = await run('refresh', '--store', store, '--json', '--fault', '{"kind":"captive-portal"}')
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({
      state: 'failed',
      code: 'bad-answer',
      onDevice: 40,
      imported: null,
    })
    expect(ended.stderr).toContain('The 40 contacts on this device are unchanged since ')
    expect(records(await run('list', '--store', store, '--json'))).toHaveLength(40)
  })

  it('is declined by the person fails the import with a sentence that says so, and how to continue', async () => {
    const store = join(await newFolder(), 's.db')
    const ended = await run('import', '--store', store, '--robot', 'decline', '--json')
    expect(ended.code).toBe(1)
    expect(lastRecord(ended)).toMatchObject({
      state: 'failed',
      code: 'consent-declined',
      serviceCode: 'AADSTS65004',
    })
    expect(ended.stderr).toMatch(/declined/)
    expect(ended.stderr).toContain(`use "device-contacts restart --store ${store}"`)
    expect(ended.stderr).toMatch(/^For your administrator: AADSTS65004/m)
  })
})

it('a store of another tenant is not used for invented contacts', async () => {
  const folder = await newFolder()
  const [store, token] = [join(folder, 's.db'), join(folder, 'token')]
  await writeFile(token, 'abc.def.ghi')
  const server = createServer((_request, response) => response.end('<html>Welcome to our Wi-Fi</html>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const service = ['--graph-url', `http://localhost:${port}`, '--token-file', token]
  const failed = await run('import', '--store', store, ...service, '--json')
  server.close()
  expect(lastRecord(failed)).toMatchObject({ state: 'failed', code: 'bad-answer' })

  const restart = await run('restart', '--store', store)
  expect(restart.code).toBe(2)
  expect(restart.stderr).toContain('--client-id ID or --token-file FILE')
  expect(lastRecord(await run('import', '--store', store, '--json'))).toMatchObject({ code: 'restart-first' })
})
