/** Speaking to a target: HTTP, credentials, arranging functions, the journal of what was created, clean-up. */

export {
  type Arranged,
  type ArrangeOptions,
  arrangeFunction,
  changeableMembers,
  changeStrategy,
} from './arrange-function.ts';
export { type BorrowedFunction, borrowFunction } from './borrowed-function.ts';
export { BudgetExhausted } from './budget.ts';
export { type CleanedUp, cleanUp, requestsToCleanUp } from './clean-up.ts';
export {
  type ClientOptions,
  createClient,
  NoAnswer,
  type PublishClient,
  type PublishResult,
} from './client.ts';
export { clockInWords } from './clock.ts';
export type { WireRequest } from './connection.ts';
export { createTarget } from './create-target.ts';
export { type Credentials, type CredentialsInUse, type IamAccount, WRONG_TOKEN } from './credentials.ts';
export { isDropped, MOST_TIMES } from './drops.ts';
export { functionPath, functionsPath } from './function-paths.ts';
export { type LoggedIn, logIn } from './iam.ts';
export { Interrupted } from './interruption.ts';
export { type Journal, JournalUnwritable, joinJournal, openJournal, readJournal } from './journal.ts';
export type { AskedVersion, JournalEntry } from './journal-contents.ts';
export { journalPathOf } from './journal-files.ts';
export type { JournalOwner } from './journal-lines.ts';
export { type Ledger, openLedger } from './ledger.ts';
export { cleanUpAfter, cleanUpAll, type TearDownOptions } from './left-behind.ts';
export { type Entries, listFunctions, listVersions } from './lists.ts';
export { createdAt, type NameOptions, newRunId, uniqueNames } from './names.ts';
export {
  type Answered,
  answered,
  type Created,
  changeCode,
  changeConfiguration,
  configureAsyncNotification,
  createFunction,
  type DeleteOptions,
  deleteFunction,
  deleteVersion,
  isAccepted,
  isGone,
  type Members,
  type Published,
  type PublishOptions,
  publish,
  readConfiguration,
  setMaximumInstances,
} from './operations.ts';
export { TargetUnresponsive } from './outage.ts';
export type { RawPart } from './raw.ts';
export { redactorOf, type Secret } from './redaction.ts';
export { bytesOf, headOf } from './request-bytes.ts';
export type { Remaining } from './rounds.ts';
export { createStates, type StateSetup, type States, type StatesOptions } from './states.ts';
export type { SendOptions, Target, TargetOptions } from './target.ts';
export type { TargetRequest } from './target-request.ts';
