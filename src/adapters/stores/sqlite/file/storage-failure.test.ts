import { describe, expect, it } from 'vitest'
import { PositionConflict } from '../../../../ports/event-store.ts'
import { SqliteError } from '../driver/driver.ts'
import { translated } from './storage-failure.ts'

const thrown = (error: unknown): unknown => {
  try {
    return translated(() => {
      throw error
    })
  } catch (translation) {
    return translation
  }
}

describe('what a medium throws', () => {
  it.each([
    [new SqliteError(11), 'storage-damaged'],
    [new SqliteError(11 | (1 << 8)), 'storage-damaged'],
    [new SqliteError(8), 'storage-read-only'],
    [new SqliteError(13), 'storage-full'],
    [new SqliteError(10 | (2 << 8)), 'storage-damaged'],
    [new SqliteError(10 | (18 << 8)), 'storage-full'],
    [new SqliteError(10 | (19 << 8)), 'storage-full'],
    [new SqliteError(10 | (3 << 8)), 'storage-full'],
    [new SqliteError(10 | (1 << 8)), 'storage-unavailable'],
    [new SqliteError(14), 'storage-unavailable'],
    [new SqliteError(5), 'storage-busy'],
    [new SqliteError(5 | (2 << 8)), 'storage-busy'],
    [new SqliteError(15), 'storage-busy'],
    [Object.assign(new Error(), { code: 'ENOSPC' }), 'storage-full'],
    [Object.assign(new Error(), { code: 'EROFS' }), 'storage-read-only'],
    [Object.assign(new Error(), { code: 'EACCES' }), 'storage-unavailable'],
  ])('%o is %s', (error, code) => {
    expect(thrown(error)).toMatchObject({ name: 'ImportFailure', code, cause: error })
  })

  it('is not a failure of the medium if it is a conflict or a mistake', () => {
    for (const error of [new PositionConflict(), new TypeError()]) expect(thrown(error)).toBe(error)
  })
})
