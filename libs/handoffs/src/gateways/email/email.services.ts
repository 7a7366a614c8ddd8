import { EmailGateway } from './email.gateway.js';
import { PartnerMailFinder } from './partner-mail.finder.js';
import { PartnerMailbox } from './partner-mailbox.service.js';
import { PostOffice } from './post-office.js';

/** What speaks with partners by mail. */
export const emailServices = [EmailGateway, PartnerMailFinder, PartnerMailbox, PostOffice];
