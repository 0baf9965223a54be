import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'
import type { MicrosoftSignInOptions } from '../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { microsoftSignIn } from '../src/adapters/microsoft365/sign-in/microsoft-sign-in.node.ts'
import { newFolder } from './temp-folder.ts'
import type { SignInCore } from '../src/testing/contracts/sign-in-core.ts'
import { signInCore } from '../src/testing/contracts/sign-in-core.ts'
import type { StubAuthority } from './sign-in-authority.ts'
import { startAuthority } from './sign-in-authority.ts'

type MadeSignIn = ReturnType<typeof microsoftSignIn>

/** For one test: an authority, a folder for tokens, and the actions of a person. */
export interface SignInSetup {
  readonly authority: StubAuthority
  readonly folder: string
  readonly tokenFile: string
  make(options?: Partial<MicrosoftSignInOptions>): MadeSignIn
  /** Begins to sign in. `visit` acts as the person who returns to the tab. */
  begin(made: MadeSignIn, attempt?: string): Promise<BegunSignIn>
  /** A sign-in to which a person has agreed. */
  readonly signedIn: (options?: Partial<MicrosoftSignInOptions>) => Promise<MadeSignIn>
}

export interface BegunSignIn {
  readonly core: SignInCore
  readonly done: Promise<void>
  /** The link that is shown. */
  readonly link: string
  /** The sign-in page to which the link leads, already open in the browser. */
  readonly address: string
  readonly visit: (answer?: Record<string, string>) => Promise<{ status: number; page: string }>
}

/** Sets up before each test of the file, and clears up after it. */
export const signInSetup = (): SignInSetup => {
  let authority: StubAuthority
  let folder: string
  const made: MadeSignIn[] = []

  const setup: SignInSetup = {
    get authority() {
      return authority
    },
    get folder() {
      return folder
    },
    get tokenFile() {
      return join(folder, 'own', 'tokens.json')
    },
    make: (options = {}) => {
      const signIn = microsoftSignIn({
        clientId: 'client-1',
        authority: authority.address,
        graphUrl: 'http://localhost:1/v1.0',
        tokenFile: setup.tokenFile,
        openBrowser: async () => false,
        ...options,
      })
      made.push(signIn)
      return signIn
    },
    begin: async (signIn, attempt = 'attempt-1') => {
      const core = signInCore()
      const done = signIn.signIn({ attempt }, core.context)
      // The test awaits it later.
      done.catch(() => undefined)
      const link = await core.address
      const { headers } = await fetch(link, { redirect: 'manual' })
      const address = headers.get('location') ?? ''
      return { core, done, link, address, visit: (answer) => authority.visit(address, answer) }
    },
    signedIn: async (options) => {
      const signIn = setup.make(options)
      const { done, visit } = await setup.begin(signIn)
      await visit()
      await done
      return signIn
    },
  }

  beforeEach(async () => {
    authority = await startAuthority()
    folder = await newFolder()
  })
  afterEach(async () => {
    await Promise.all(made.splice(0).map((each) => each.close()))
    await authority.close()
  })
  return setup
}
