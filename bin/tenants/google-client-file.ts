import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import * as v from 'valibot'
import { refuseUntrusted } from '../../src/adapters/files/owners.ts'
import { realPath } from '../../src/adapters/files/real-path.ts'
import { translatedLater } from '../../src/adapters/stores/sqlite/file/storage-failure.ts'

const form = v.object({
  clientId: v.string(),
  clientSecret: v.exactOptional(v.string()),
  authority: v.exactOptional(v.string()),
  peopleUrl: v.exactOptional(v.string()),
})

/** The OAuth client with which the person signed in to Google. Google does not treat its secret as one. */
export type GoogleRegistration = v.InferOutput<typeof form>

/** Next to the store. Contains nothing of the person. */
const fileOf = (store: string): string => `${realPath(store)}.google-client.json`

/** Null if no client is known. */
export const recallGoogleClient = async (store: string): Promise<GoogleRegistration | null> => {
  try {
    refuseUntrusted([fileOf(store)])
    const read = v.safeParse(form, JSON.parse(await readFile(fileOf(store), 'utf8')))
    return read.success ? read.output : null
  } catch {
    return null
  }
}

/**
 * Lets later commands renew the access without being told the client again: one refresh updates all sources. Throws `ImportFailure`
 * `storage-…` if it cannot be written: then the store beside it cannot be written either.
 */
export const rememberGoogleClient = async (store: string, client: GoogleRegistration): Promise<void> => {
  const text = JSON.stringify(client)
  if (JSON.stringify(await recallGoogleClient(store)) === text) return
  await translatedLater(async () => {
    const file = fileOf(store)
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    // Writing to the old file could follow a link.
    await rm(file, { force: true })
    await writeFile(file, text, { mode: 0o600, flag: 'wx' })
  })
}

export const forgetGoogleClient = (store: string): Promise<void> => rm(fileOf(store), { force: true })
