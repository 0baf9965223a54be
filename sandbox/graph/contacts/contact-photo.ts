import { type Answer, jsonAnswer } from '../answer.ts'
import { graphErrors } from '../graph-error.ts'
import type { GraphRequest } from '../graph-request.ts'

/**
 * `/photo` of a contact, which tells about its photo, and `/photo/$value`, which is the photo. There are no `/photos` of
 * several sizes as people of the tenant have them.
 */
export const contactPhoto = (
  { baseUrl }: GraphRequest,
  photo: Uint8Array | null,
  contact: string,
  [segment = '', value, ...rest]: readonly string[],
): Answer => {
  if (segment.toLowerCase() !== 'photo') throw graphErrors.noSuchSegmentOfContact(segment)
  if (rest.length > 0 || (value !== undefined && value !== '$value'))
    throw graphErrors.noSuchSegment(rest[0] ?? value ?? '')
  if (photo === null) throw graphErrors.itemNotFound()
  const type = photo[0] === 0x89 ? 'image/png' : 'image/jpeg'
  if (value === '$value') return { status: 200, headers: { 'content-type': type }, content: photo }
  return jsonAnswer({
    '@odata.context': `${baseUrl}/$metadata#${contact}/photo/$entity`,
    '@odata.mediaContentType': type,
    id: '48X48',
    width: 48,
    height: 48,
  })
}
