import { relative } from 'node:path'
import { describe, expect } from 'vitest'
import { environmentIn } from '../crash/environment.ts'
import { leftIn } from '../crash/steps.ts'
import { defaultPeople } from '../../sandbox/people.ts'
import { test } from '../temp-folder.ts'
import { records } from '../terminal-command.ts'
import { startIn } from '../terminal-process.ts'
import { throttledAfter } from '../throttled.ts'
import { foundIn } from './found-in.ts'

const CONTACTS = '1000'
/** Some pages arrive, then Graph demands a long wait. */
const throttled = throttledAfter(20)
const FIELDS = ['full', 'value', 'address', 'street', 'city', 'note', 'sourceId']
const [{ name, username, objectId } = { name: '', username: '', objectId: '' }] = defaultPeople
const owner = [name, username, objectId]

/** The texts of these fields, at any depth. Shorter ones also occur in ciphertext by chance. */
const textsIn = (value: unknown): readonly string[] =>
  typeof value !== 'object' || value === null
    ? []
    : Object.entries(value).flatMap(([field, inner]) =>
        typeof inner !== 'string'
          ? textsIn(inner)
          : FIELDS.includes(field) && inner.length > 5
            ? [inner]
            : [],
      )

describe('whatever the command does', () => {
  test('no contact is left in the store, the home or the temporary folder, and the account only with its tokens', async ({
    folder,
  }) => {
    const environment = await environmentIn(folder)
    const begin = (...args: string[]) => startIn(environment, ...args)
    const imported = await begin('import', '--contacts', CONTACTS).ended
    expect(imported.code).toBe(0)
    const store = /stored in (.+)$/m.exec(imported.stdout)?.[1] ?? ''
    expect(relative(folder, store)).not.toMatch(/^\.\./)
    const run = (...args: string[]) => begin(...args, '--store', store).ended

    const listed = records(await run('list', '--json'))
    expect(listed).toHaveLength(Number(CONTACTS))
    const contacts = [...new Set(listed.slice(0, 10).flatMap(textsIn))]
    expect(contacts.length).toBeGreaterThan(30)
    const found: string[] = []
    const look = async (after: string) => {
      for (const text of await foundIn(folder, contacts)) found.push(`${after}: ${text}`)
      for (const text of await foundIn(folder, owner))
        if (!text.includes('.tokens.json: ')) found.push(`${after}: ${text}`)
    }
    await look('import')
    await run('doctor')
    await look('doctor')
    const restarted = begin('restart', '--store', store, '--contacts', CONTACTS, '--fault', throttled)
    await restarted.said(/^[1-9]\d* of about 1,\d+ contacts · Microsoft asked us to wait/m)
    await look('restart')
    restarted.kill('SIGKILL')
    await restarted.ended
    await look('killed')
    expect(found).toEqual([])

    expect(await run('sign-out')).toMatchObject({ code: 0 })
    expect(await foundIn(folder, [...contacts, ...owner])).toEqual([])
    expect(await leftIn(folder)).toEqual([])
  })
})
