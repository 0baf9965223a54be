/** For authors of adapters and shells: contract suites of the ports (vitest), the model of the machine, and fakes. */
export { linkedAccount } from './machines/linked-account.ts'
export { MODEL_CONTACTS, modelEvents } from './testing/account-model.ts'
export { Arrivals } from './testing/arrivals.ts'
export { contactSourceContract } from './testing/contracts/contact-source-contract.ts'
export type { ContactSourceFixture } from './testing/contracts/contact-source-contract.ts'
export { eventStoreContract } from './testing/contracts/event-store/event-store-contract.ts'
export type { EventStoreFixture } from './testing/contracts/event-store/fixture.ts'
export { keyVaultContract } from './testing/contracts/key-vault-contract.ts'
export type {
  KeyVaultFixture,
  KeyVaultSituations,
  KeyVaultTrouble,
} from './testing/contracts/key-vault-contract.ts'
export { photoSourceContract } from './testing/contracts/photo-source-contract.ts'
export type { PhotoSourceFixture } from './testing/contracts/photo-source-contract.ts'
export { runLockContract } from './testing/contracts/run-lock-contract.ts'
export type { RunLockFixture } from './testing/contracts/run-lock-contract.ts'
export { sampleContact, sampleContacts } from './testing/sample-contacts.ts'
export { ScriptedFetch, ScriptedSignIn, ScriptedSource } from './testing/scripted-source.ts'
export { signInContract } from './testing/contracts/sign-in-contract.ts'
export type { SignInSubject } from './testing/contracts/sign-in-contract.ts'
export { pathsOf } from './testing/model-paths.ts'
export type { ExpectedAccount, ModelMailbox, ModelPath, PathStep } from './testing/model-paths.ts'
export type { GeneratedStep } from './testing/transitions.ts'
export { walkPath } from './testing/walk-path.ts'
export type { PathActions, PathDriver } from './testing/walk-path.ts'
