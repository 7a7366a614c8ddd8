export { CLOCK, systemClock, type Clock } from './clock.js';
export { CONFIG, ConfigError, loadConfig, type Config } from './config.js';
export { correlate, correlated, correlationId } from './correlation.js';
export { isUnavailable, openDatabase, withRetry, type DatabaseOptions } from './database.js';
export { DomainError, sqlState } from './errors.js';
export { newId } from './ids.js';
export { migrate } from './migrate.js';
