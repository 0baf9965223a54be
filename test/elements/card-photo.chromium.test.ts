import { expect, onTestFinished, test, vi } from 'vitest'
import type { Photo } from '../../src/index.ts'
import { sampleContact } from '../../src/testing/sample-contacts.ts'
import { importAll } from '../core/scripted-steps.ts'
import { mount, openBook } from './mount.ts'

/** A PNG of one pixel. */
const pixel = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
  (letter) => letter.charCodeAt(0),
)

const avatarWith = async (bytes: Uint8Array) => {
  const opened = await openBook()
  await importAll(opened, [sampleContact('a', { name: { full: 'Ann Lee' } })])
  const contactKey = (await opened.client.find('ann', 1))[0]?.key ?? null
  const asked: unknown[] = []
  const photo = async (): Promise<Photo> => {
    asked.push(contactKey)
    return Promise.resolve({ bytes, type: 'image/png' })
  }
  const card = await mount('contact-card', { client: { ...opened.client, photo }, contactKey })
  await expect.poll(() => asked).toHaveLength(1)
  return () => card.shadowRoot?.querySelector('.avatar')
}

test('the card shows the photo of its contact', async () => {
  const avatar = await avatarWith(pixel)
  await expect.poll(() => avatar()?.querySelector('img')?.complete).toBe(true)
  expect(avatar()?.textContent.trim()).toBe('')
})

test('a photo that is no picture leaves the initials', async () => {
  const freed = vi.spyOn(URL, 'revokeObjectURL')
  onTestFinished(() => freed.mockRestore())
  const avatar = await avatarWith(Uint8Array.of(1, 2, 3))
  await expect.poll(() => freed.mock.calls).toHaveLength(1)
  expect(avatar()?.querySelector('img')).toBeNull()
  expect(avatar()?.textContent.trim()).toBe('AL')
})
