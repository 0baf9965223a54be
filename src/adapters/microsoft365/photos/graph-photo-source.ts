import { yieldToEventLoop } from '../../../async/yield-to-event-loop.ts'
import { isImportFailure } from '../../../domain/failures.ts'
import { LARGEST_PHOTO, photoOf, type Photo } from '../../../domain/photo.ts'
import { decodeBase64url } from '../../../formats/base64url.ts'
import { MOST_PHOTOS, type PhotoSource } from '../../../ports/photo-source.ts'
import { AnswerTooLarge } from '../../http/read-body.ts'
import type { GraphAccess } from '../graph/graph-access.ts'
import { isUsableId } from '../graph/graph-item.ts'

/**
 * A row without a photo is no reason to wait for minutes. An answer of this size is parsed within 50 ms and has room for
 * six of the largest photos; a larger one is asked for in halves. It has a few values for each photo, and those of its
 * headers.
 */
const PHOTO_LIMITS = { retries: 20_000, body: 8 * 1024 * 1024, values: 50_000 }

/** Characters of base64 that the largest photo takes. */
const LARGEST_TEXT = Math.ceil(LARGEST_PHOTO / 3) * 4

/**
 * The photos of the contacts of a Microsoft 365 mailbox (Graph: "profilePhoto: get"), by batches over an access that the
 * import shares. Needs the permission `Contacts.Read`.
 */
export const photoSourceOf = (access: GraphAccess): PhotoSource => {
  const base = access.service.href.replace(/\/+$/, '')
  return {
    photos: async (ids, signal) => {
      signal.throwIfAborted()
      const photos = new Map<string, Photo | null>()
      for (const id of ids) if (!isUsableId(id)) photos.set(id, null)
      const asked = [...new Set(ids)].filter(isUsableId).slice(0, MOST_PHOTOS)
      const graph = access.connect(signal, { limits: PHOTO_LIMITS })
      const links = asked.map((id) => `${base}/me/contacts/${encodeURIComponent(id)}/photo/$value`)
      const results = await graph.rawValues(links)
      for (const [index, result] of results.entries()) {
        const photo = photoIn(result)
        if (photo !== undefined) photos.set(asked[index] ?? '', photo)
        await yieldToEventLoop()
      }
      signal.throwIfAborted()
      if (!asked.some((id) => photos.has(id))) throwCommon(results)
      return photos
    },
  }
}

/** Undefined: the answer says nothing about the photo. */
const photoIn = (result: PromiseSettledResult<unknown>): Photo | null | undefined => {
  if (result.status === 'fulfilled') return readPhoto(result.value)
  const error: unknown = result.reason
  const isNone = error instanceof AnswerTooLarge || (isImportFailure(error) && error.details.status === 404)
  return isNone ? null : undefined
}

const readPhoto = (text: unknown): Photo | null | undefined => {
  if (typeof text !== 'string') return undefined
  if (text.length > LARGEST_TEXT) return null
  try {
    return photoOf(decodeBase64url(text))
  } catch {
    return undefined
  }
}

/** If no contact was answered, the failure may concern all. That of one damaged answer does not. */
const throwCommon = (results: readonly PromiseSettledResult<unknown>[]): void => {
  for (const result of results)
    if (result.status === 'rejected' && isImportFailure(result.reason) && result.reason.code !== 'bad-answer')
      throw result.reason
}
