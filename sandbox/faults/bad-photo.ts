import type { Answer } from '../graph/answer.ts'
import type { FaultOf } from './fault.ts'

/** Replaces a photo by something that is none. */
export const badPhoto = (photo: Answer, { how, bytes = 2_000_000 }: FaultOf<'bad-photo'>): Answer => {
  switch (how) {
    case 'huge': {
      const content = Buffer.alloc(bytes)
      if (photo.content instanceof Uint8Array) content.set(photo.content.subarray(0, bytes))
      return { ...photo, content }
    }
    case 'html':
      return { ...photo, content: Buffer.from('<!doctype html><title>Sign in</title><h1>Sign in</h1>') }
    case 'svg':
      return {
        ...photo,
        headers: { ...photo.headers, 'content-type': 'image/svg+xml' },
        content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
      }
    case 'empty':
      return { ...photo, content: new Uint8Array() }
    case 'bad-base64':
      return { ...photo, content: '/9j/4AAQSkZ*JRgABA' }
  }
}
