const sentences = {
  'not-installed':
    'The XState inspector is a separate package: install it with "npm install @statelyai/inspect".',
  'nobody-listens':
    'No XState inspector could be reached. Start its server first (docs/inspector.md), or give the address of a running server.',
} as const

/** The inspector that was asked for cannot be connected. The message is a sentence for developers. */
export class InspectorUnavailable extends Error {
  override readonly name = 'InspectorUnavailable'
  readonly code: keyof typeof sentences

  constructor(code: keyof typeof sentences, cause?: unknown) {
    super(sentences[code], { cause })
    this.code = code
  }
}
