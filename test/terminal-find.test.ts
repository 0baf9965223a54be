import { describe, expect } from 'vitest'
import { test as it } from './imported-store.ts'
import { records, run } from './terminal-command.ts'

interface Listed {
  readonly key: string
  readonly name: string
  readonly phones: readonly { readonly value: string; readonly kind: string }[]
}

const listed = async (store: string) =>
  records(await run('list', '--json', '--store', store)) as unknown as readonly Listed[]

describe('find', () => {
  it('prints the contacts that match, and where, as list TEXT does', async ({ importedStore }) => {
    const store = await importedStore(300)
    const contact = (await listed(store)).find(({ name }) => /^[a-z]+ [a-z]+$/i.test(name))
    const [given = '', family = ''] = contact?.name.split(' ') ?? []
    const text = [family.slice(0, 4).toUpperCase(), given]
    const found = records(await run('find', ...text, '--json', '--store', store))
    expect(found[0]?.['key']).toBe(contact?.key)
    expect((found[0]?.['matches'] as unknown[])[0]).toMatchObject({ field: 'name', text: contact?.name })
    expect(records(await run('list', ...text, '--json', '--store', store))).toEqual(found)
    const { stdout, code } = await run('find', ...text, '--store', store)
    expect(code).toBe(0)
    expect(stdout).toContain(contact?.name)
  })

  it('finds by the last digits of a number', async ({ importedStore }) => {
    const store = await importedStore(100)
    const contact = (await listed(store)).find(({ phones }) => /^[\d +()-]{9,}$/.test(phones[0]?.value ?? ''))
    const digits = contact?.phones[0]?.value.replace(/\D/g, '').slice(-6) ?? ''
    const found = records(await run('find', digits, '--json', '--store', store))
    expect(found.map(({ key }) => key)).toContain(contact?.key)
  })

  it('says if nothing matches, and takes a text only', async ({ importedStore }) => {
    const store = await importedStore(20)
    const nothing = await run('find', 'xyzzy', '--store', store)
    expect(nothing).toMatchObject({ code: 0, stdout: '' })
    expect(nothing.stderr).toContain('No contact matches "xyzzy".')
    expect(await run('find', '--store', store)).toMatchObject({ code: 2 })
    expect(await run('list', 'ann', '--held', '--store', store)).toMatchObject({ code: 2 })
  })
})

describe('whois', () => {
  it('prints who has a number, with the number that matched', async ({ importedStore }) => {
    const store = await importedStore(100)
    const contact = (await listed(store)).find(({ phones }) => phones[0]?.value.startsWith('+'))
    const [phone] = contact?.phones ?? []
    const called = phone?.value.replace(/[^\d+]/g, '') ?? ''
    const found = records(await run('whois', called, '--json', '--store', store))
    expect(found).toMatchObject([{ key: contact?.key, certainty: 'certain', number: phone }])
    expect((await run('whois', called, '--store', store)).stdout).toMatch(/^certain · /)
  })

  it('reads a number without a country code as one of the country', async ({ importedStore }) => {
    const store = await importedStore(300)
    const contact = (await listed(store)).find(({ phones }) => /^\+49[\s-]/.test(phones[0]?.value ?? ''))
    const national = contact?.phones[0]?.value.replace(/^\+49[\s-]*/, '0').replace(/\D/g, '') ?? ''
    const whois = async (country: string) =>
      records(await run('whois', national, '--country', country, '--json', '--store', store))
    expect(await whois('de')).toMatchObject([{ key: contact?.key, certainty: 'certain' }])
    expect(await whois('US')).not.toMatchObject([{ certainty: 'certain' }])
  })

  it('does not guess', async ({ importedStore }) => {
    const store = await importedStore(20)
    const unknown = await run('whois', '911', '--store', store)
    expect(unknown).toMatchObject({ code: 0, stdout: '' })
    expect(unknown.stderr).toContain('No contact has this number.')
    expect(await run('whois', '5', '--country', 'Germany', '--store', store)).toMatchObject({ code: 2 })
  })
})
