export { AccountClosed, closedBy, labelOf, type Account, type AccountTokens } from './account.js';
export { AccountStore } from './account.store.js';
export { ConnectService } from './connect.service.js';
export { TokenRenewal } from './token-renewal.js';
export { TwitterAccounts } from './twitter-accounts.js';
