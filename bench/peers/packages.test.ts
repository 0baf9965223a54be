import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadPeer } from './load-peer.ts'

interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>
  readonly devDependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = (path: string) => readFileSync(new URL(path, import.meta.url), 'utf8')
const own = JSON.parse(text('package.json')) as Manifest
const dependencies = own.dependencies ?? {}

/** Packages that the files in `packages` import, by the name before any path in them. */
const imported = readdirSync(new URL('packages/', import.meta.url)).flatMap((name) =>
  [...text(`packages/${name}`).matchAll(/(?:from|import) '([^']+)'/g)].map(([, specifier = '']) =>
    specifier
      .split('/')
      .slice(0, specifier.startsWith('@') ? 2 : 1)
      .join('/'),
  ),
)

test('every imported package is installed in bench/peers, in exactly the version of its lock file', () => {
  expect(imported.length).toBeGreaterThan(0)
  expect(Object.keys(dependencies)).toEqual(expect.arrayContaining(imported))
  const lock = JSON.parse(text('package-lock.json')) as {
    packages: Record<string, { version?: string; dependencies?: object }>
  }
  expect(lock.packages['']?.dependencies).toEqual(dependencies)
  for (const [name, version] of Object.entries(dependencies))
    expect(lock.packages[`node_modules/${name}`]?.version).toBe(version)
})

test('this library installs none of these packages', () => {
  const root = JSON.parse(text('../../package.json')) as Manifest
  const names = Object.keys({ ...root.dependencies, ...root.devDependencies, ...root.optionalDependencies })
  for (const name of Object.keys(dependencies)) expect(names).not.toContain(name)
})

test('the error for a missing peer names it', async () => {
  await expect(loadPeer('nobody')).rejects.toThrow('no peer called nobody')
})
