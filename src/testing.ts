/** For whoever writes an adapter or a shell: contract suites of the ports (vitest), the test model, fakes. */
export { contactSourceContract } from './testing/contact-source-contract.ts'
export { eventStoreContract } from './testing/event-store/event-store-contract.ts'
export { runLockContract } from './testing/run-lock-contract.ts'
export { signInContract } from './testing/sign-in-contract.ts'
export { modelEvents } from './testing/account-model.ts'
export { linkedAccount } from './machines/linked-account.ts'
export { sampleContact, sampleContacts } from './testing/sample-contacts.ts'
export { ScriptedSource } from './testing/scripted-source.ts'
