import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { askToPersist } from './persistence.ts'

const [persisted, persist] = [vi.fn<() => Promise<boolean>>(), vi.fn<() => Promise<boolean>>()]

beforeEach(() => {
  localStorage.removeItem('device-contacts/asked-to-persist')
  vi.spyOn(navigator.storage, 'persisted').mockImplementation(persisted.mockReset().mockResolvedValue(false))
  vi.spyOn(navigator.storage, 'persist').mockImplementation(persist.mockReset().mockResolvedValue(false))
})
afterEach(() => {
  vi.restoreAllMocks()
})

it('asks once, even if it is refused or asked for at the same time', async () => {
  expect(await Promise.all([askToPersist(), askToPersist()])).toEqual(['best-effort', 'best-effort'])
  expect(await askToPersist()).toBe('best-effort')
  expect(persist).toHaveBeenCalledTimes(1)
})

it('tells what the browser answers, and later what it has decided since', async () => {
  persist.mockResolvedValue(true)
  expect(await askToPersist()).toBe('persistent')
  expect(await askToPersist()).toBe('best-effort')
  persisted.mockResolvedValue(true)
  expect(await askToPersist()).toBe('persistent')
  expect(persist).toHaveBeenCalledTimes(1)
})

it('does not ask if the data is kept already', async () => {
  persisted.mockResolvedValue(true)
  expect(await askToPersist()).toBe('persistent')
  expect(persist).not.toHaveBeenCalled()
})

it('does not know if the browser does not answer', async () => {
  persist.mockRejectedValue(new TypeError('no'))
  expect(await askToPersist()).toBe('unknown')
  vi.spyOn(navigator, 'storage', 'get').mockReturnValue(undefined as unknown as StorageManager)
  expect(await askToPersist()).toBe('unknown')
})

it('does not ask where it cannot note that it has asked', async () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  expect(await askToPersist()).toBe('best-effort')
  expect(persist).not.toHaveBeenCalled()
})
