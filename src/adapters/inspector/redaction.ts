import * as v from 'valibot'

/** A field that is shown if it fits the schema, and left out otherwise. */
export const allowed = <const S extends v.GenericSchema>(schema: S) =>
  v.fallback(v.optional(schema), undefined as v.InferOutput<v.OptionalSchema<S, undefined>>)

export const count = allowed(v.pipe(v.number(), v.integer(), v.minValue(0)))

export const time = allowed(v.pipe(v.string(), v.isoTimestamp()))

/** Ids of attempts and of a service's requests are UUIDs (RFC 9562), which reveal nothing. */
export const uuid = allowed(v.nullable(v.pipe(v.string(), v.uuid())))

/** The hash of an account under the store's own key: HMAC-SHA-256 in base64url is 43 characters long. */
export const accountKey = allowed(v.nullable(v.pipe(v.string(), v.regex(/^[\w-]{43}$/))))

/** A name from a program (`isCurrent`, `ErrorAccessDenied`), never text that a user typed. */
export const word = v.pipe(v.string(), v.regex(/^[a-zA-Z][\w.]{0,59}$/))
