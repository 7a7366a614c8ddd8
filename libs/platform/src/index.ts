export { CLOCK, systemClock, type Clock } from './clock.js';
export { CONFIG, ConfigError, loadConfig, type Config } from './config.js';
export { correlate, correlated, correlationId } from './correlation.js';
export { isUnavailable, openDatabase, withRetry, type DatabaseOptions } from './database.js';
export {
  ALL_CASES,
  batched,
  CHANNELS,
  Doorbell,
  LIVE_NAMESPACE,
  personRoom,
  storeRoom,
  SUPERVISORS,
  type Rooms,
} from './doorbell.js';
export { DomainError, sqlState } from './errors.js';
export { newId } from './ids.js';
export { Metrics } from './metrics.js';
export { migrate } from './migrate.js';
export { Lately, Shared } from './lately.js';
export { askOutside, reasonOf, saidIn, type OutsideAnswer } from './outside.js';
export { within } from './patience.js';
export { PlatformModule, type PlatformOptions } from './platform.module.js';
export { plannedEachTime } from './prepared.js';
export { ProcessLocks } from './process-locks.js';
export { JobQueues, type JobHandler, type QueueConnection } from './queue.js';
export { Rush } from './rush.js';
export { Secrets } from './secrets.js';
export { Gather } from './gather.js';
export { STORAGE, openFileStore, openStorage, SmallFiles, type FileStore, type Storage } from './storage/index.js';
export { Sweep } from './sweep.js';
export { Wake, type WakeTopic } from './wake.js';
export { isSigned, MOST_TRIES, nextTryAfter, signatureOf, verdictOf } from './webhook.signature.js';
