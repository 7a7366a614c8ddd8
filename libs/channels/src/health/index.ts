export { ChannelHealth, type ChannelReport } from './channel-health.js';
