/**
 * The sentences of the product, for any shell and any runtime: what happened and what to do next, for every
 * failure, refusal and finding. The shell passes its own wording of the steps (`press Restart`).
 */
export { adminConsentLink } from './messages/admin-consent-link.ts'
export type { AdminConsentApp } from './messages/admin-consent-link.ts'
export type { Messages, Sentences, Situation, Steps, WaitReason } from './messages/catalogue.ts'
export {
  explainCancelled,
  explainFailure,
  explainFinding,
  explainNotice,
  explainRefusal,
  explainSignedOut,
  explainSignOutFailure,
  explainSignOutRefusal,
} from './messages/explain.ts'
export type { Explanation, FailureFacts } from './messages/explain.ts'
export { messages } from './messages/english.ts'
export { loadMessages } from './messages/load-messages.ts'
export type { CallLabels } from './messages/labels/call-labels.ts'
export type { CardField, CardLabels, CardSection } from './messages/labels/card-labels.ts'
export type { ChartedState, InspectorLabels } from './messages/labels/inspector-labels.ts'
export type { EmptyReason, ListLabels } from './messages/labels/list-labels.ts'
export type { PeopleLabels } from './messages/labels/people-labels.ts'
export type {
  AccountMark,
  FileLabels,
  SettingsLabels,
  UpdateCounts,
} from './messages/labels/settings-labels.ts'
