export { Canary } from './canary.js';
export { ChannelHealth, type ChannelReport } from './channel-health.js';
