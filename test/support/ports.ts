export { freePort, isFree } from '../../apps/launcher/src/ports.js';
