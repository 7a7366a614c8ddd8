import { DeskGateway } from './desk.gateway.js';
import { DeskLinks } from './desk-links.js';
import { DeskSayings } from './desk-sayings.js';
import { DeskViews } from './desk-view.js';

/** What a partner's page behind a link needs. */
export const deskServices = [DeskGateway, DeskLinks, DeskSayings, DeskViews];
