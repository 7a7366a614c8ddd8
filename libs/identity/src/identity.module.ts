import { Module } from '@nestjs/common';
import { ApiTokenService } from './api-token.service.js';
import { IdempotencyService } from './idempotency.service.js';
import { LoginThrottle } from './login-throttle.service.js';
import { PeopleService } from './people.service.js';
import { SessionService } from './session.service.js';
import { WallLinkService } from './wall-link.service.js';

@Module({
  providers: [SessionService, LoginThrottle, ApiTokenService, PeopleService, IdempotencyService, WallLinkService],
  exports: [SessionService, ApiTokenService, PeopleService, IdempotencyService, WallLinkService],
})
export class IdentityModule {}
