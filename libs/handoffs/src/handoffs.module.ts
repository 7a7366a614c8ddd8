import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { custodyServices } from './custody/custody.services.js';
import { deskServices } from './gateways/desk/desk.services.js';
import { emailServices } from './gateways/email/email.services.js';
import { Gateways } from './gateways/gateways.js';
import { HANDOFF_PARTS, HANDOFF_SERVICES } from './handoff/handoff.services.js';
import { tmf621Services } from './gateways/tmf621/index.js';
import { PartnerKeys } from './partners/partner-keys.service.js';
import { PartnerChecks } from './partners/partner.check.js';
import { PartnerSecrets } from './partners/partner.secrets.js';
import { Partners } from './partners/partners.service.js';
import { DocumentBuilder } from './share/document-builder.js';
import { Forgetting } from './share/forgetting.js';
import { WebhookFan } from './webhooks/webhook-fan.js';
import { WebhookPost } from './webhooks/webhook-post.js';
import { Webhooks } from './webhooks/webhooks.service.js';

const services = [
  ...custodyServices,
  ...deskServices,
  DocumentBuilder,
  Forgetting,
  Gateways,
  PartnerChecks,
  PartnerKeys,
  PartnerSecrets,
  Partners,
  WebhookFan,
  WebhookPost,
  Webhooks,
  ...HANDOFF_SERVICES,
  ...tmf621Services,
  ...emailServices,
];

/** Work that goes to other companies or comes from them, and who has the device meanwhile. */
@Module({ imports: [CasesModule], providers: [...services, ...HANDOFF_PARTS], exports: services })
export class HandoffsModule {}
