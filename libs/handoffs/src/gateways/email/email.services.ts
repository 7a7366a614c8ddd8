import { EmailGateway } from './email.gateway.js';
import { LettersOut } from './letters-out.js';
import { PartnerMailFinder } from './partner-mail.finder.js';
import { PartnerMailbox } from './partner-mailbox.service.js';
import { PostOffice } from './post-office.js';

/** What speaks with partners by mail. */
export const emailServices = [EmailGateway, LettersOut, PartnerMailFinder, PartnerMailbox, PostOffice];
