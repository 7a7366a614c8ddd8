import { TmfAccess } from './tmf-access.js';
import { TmfDesk } from './tmf-desk.js';
import { TmfFilesIn } from './tmf-files-in.js';
import { TmfFiles } from './tmf-files.js';
import { TmfGateway, TmfWares } from './tmf-gateway.js';
import { TmfHub } from './tmf-hub.js';
import { TmfHubLetters } from './tmf-hub-letters.js';
import { TmfLists } from './tmf-lists.js';
import { TmfLooks } from './tmf-looks.js';
import { TmfNews } from './tmf-news.js';
import { TmfPeers } from './tmf-peers.js';
import { TmfRegistrations } from './tmf-registrations.js';
import { TmfTickets } from './tmf-tickets.js';

export { Listener, NewTicket, TicketPatch, type Ticket } from './ticket.js';
export { TmfAccess, TmfDesk, TmfFiles, TmfHub, TmfLists, TmfLooks, TmfPeers, TmfRegistrations };
export { API_PATH } from './tmf-tickets.js';

/** The way to partners with a ticket system, both ways. */
export const tmf621Services = [
  ...[TmfAccess, TmfDesk, TmfFiles, TmfFilesIn, TmfGateway, TmfHub, TmfLists, TmfLooks, TmfNews],
  ...[TmfHubLetters, TmfPeers, TmfRegistrations, TmfTickets, TmfWares],
];
