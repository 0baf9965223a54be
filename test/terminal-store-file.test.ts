import { join } from 'node:path'
import { expect, it } from 'vitest'
import { defaultStore } from '../bin/store-file.ts'

const home = join('/home', 'ada')

it.each([
  ['linux', {}, join(home, '.local', 'share')],
  ['linux', { XDG_DATA_HOME: '/data' }, '/data'],
  ['linux', { XDG_DATA_HOME: 'relative' }, join(home, '.local', 'share')],
  ['darwin', { XDG_DATA_HOME: '/data' }, join(home, 'Library', 'Application Support')],
  ['win32', {}, join(home, 'AppData', 'Local')],
  ['win32', { LOCALAPPDATA: '/local' }, '/local'],
] as const)("on %s with %j contacts are kept in the person's own data folder", (platform, env, folder) => {
  expect(defaultStore({ platform, env, home })).toBe(join(folder, 'device-contacts', 'contacts.db'))
})
