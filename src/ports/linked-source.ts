import type { Source } from '../domain/source.ts'
import type { ContactSource } from './contact-source.ts'
import type { SignIn } from './sign-in.ts'

/** Everything the book needs to link one source: how to get consent, and how to read the contacts. */
export interface LinkedSource {
  readonly source: Source
  readonly signIn: SignIn
  readonly contacts: ContactSource
}
