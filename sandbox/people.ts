/** An invented person who can sign in to the sandbox tenant. */
export interface Person {
  /** Short name, for tests and for control over HTTP. */
  readonly id: string
  readonly name: string
  readonly username: string
  /** Entra's object id and tenant id (GUIDs). */
  readonly objectId: string
  readonly tenantId: string
  readonly admin: boolean
  readonly personal: boolean
  /** Number of contacts in the mailbox. Null: no mailbox. 'default': according to the settings. */
  readonly contacts: number | 'default' | null
}

/** Whether this text, which people may type in any case, is the username of the person. */
export const hasUsername = ({ username }: Person, text: unknown): boolean =>
  typeof text === 'string' && text.trim().toLowerCase() === username

const TENANT = '5a9db0c0-7e57-4000-8000-5a9db0c07e57'
/** The tenant of every personal Microsoft account (Microsoft identity platform, ID token claims: `tid`). */
const PERSONAL_TENANT = '9188040d-6c67-4c5b-b112-36a304b66dad'

const objectId = (n: number): string => `00000000-7e57-4000-8000-${n.toString().padStart(12, '0')}`

export const defaultPeople: readonly Person[] = [
  {
    id: 'user',
    name: 'Mira Lindqvist',
    username: 'mira@sandbox.example',
    objectId: objectId(1),
    tenantId: TENANT,
    admin: false,
    personal: false,
    contacts: 'default',
  },
  {
    id: 'admin',
    name: 'Tomás Okafor (admin)',
    username: 'tomas@sandbox.example',
    objectId: objectId(2),
    tenantId: TENANT,
    admin: true,
    personal: false,
    contacts: 57,
  },
  {
    id: 'no-mailbox',
    name: 'Yuki Brandt (no mailbox)',
    username: 'yuki@sandbox.example',
    objectId: objectId(3),
    tenantId: TENANT,
    admin: false,
    personal: false,
    contacts: null,
  },
  {
    id: 'personal',
    name: 'Sam Rivera (personal account)',
    username: 'sam.rivera@personal.example',
    objectId: objectId(4),
    tenantId: PERSONAL_TENANT,
    admin: false,
    personal: true,
    contacts: 23,
  },
]
