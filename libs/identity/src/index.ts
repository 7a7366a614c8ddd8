export { Agent } from './agent.entity.js';
export { ApiTokenService } from './api-token.service.js';
export { IdempotencyService } from './idempotency.service.js';
export { IdentityModule } from './identity.module.js';
export { PeopleService, type Desk, type NewPerson } from './people.service.js';
export { demand, presentUser, viewersOf, visibleStore, type Principal } from './principal.js';
export { SessionService } from './session.service.js';
export { WallLinkService, type Wall } from './wall-link.service.js';
export { StoreRecord } from './store.entity.js';
