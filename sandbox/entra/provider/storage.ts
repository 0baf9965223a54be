import type { Adapter, AdapterPayload } from 'oidc-provider'

/** Where oidc-provider keeps sessions, codes and tokens: in memory, for as long as the sandbox runs. */
export class Storage {
  readonly #models = new Map<string, Map<string, AdapterPayload>>()

  /** The entries of one model, by id. */
  model(name: string): Map<string, AdapterPayload> {
    const known = this.#models.get(name) ?? new Map<string, AdapterPayload>()
    this.#models.set(name, known)
    return known
  }

  adapter(name: string): Adapter {
    const entries = this.model(name)
    const findBy = async (key: 'uid' | 'userCode', value: string): Promise<AdapterPayload | undefined> =>
      [...entries.values()].find((payload) => payload[key] === value)
    return {
      upsert: async (id, payload) => void entries.set(id, payload),
      find: async (id) => entries.get(id),
      findByUid: async (uid) => findBy('uid', uid),
      findByUserCode: async (userCode) => findBy('userCode', userCode),
      // Entra rotates refresh tokens on use but does not revoke the old ones (Refresh tokens in the
      // Microsoft identity platform): they are never marked as used.
      consume: async (id) => {
        const payload = entries.get(id)
        if (payload !== undefined && name !== 'RefreshToken') payload.consumed = Math.floor(Date.now() / 1000)
      },
      destroy: async (id) => void entries.delete(id),
      // Using a code twice revokes all tokens issued for it (RFC 6749, section 4.1.2).
      revokeByGrantId: async (grantId) => {
        for (const [id, payload] of entries) if (payload.grantId === grantId) entries.delete(id)
      },
    }
  }
}
