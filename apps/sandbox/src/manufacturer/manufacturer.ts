import type { Clock } from '../clock.js';
import { Archive } from './archive.js';
import { type Client, Clients } from './clients.js';
import { type Deed, changeBy } from './deeds.js';
import { Hub, type Listener } from './hub.js';
import type { Ticket } from './ticket.shape.js';
import { type Happening, type KeptTicket, Tickets } from './tickets.js';
import { Weather } from './weather.js';

export interface ManufacturerOptions extends Client {
  /** Where mails to its service go. */
  address: string;
  name: string;
  /** Waits after an event that was not taken; then it is given up. */
  retryDelaysMs: readonly number[];
  /** Where tickets and listeners are kept from one start to the next; null: nowhere. */
  archive: string | null;
}

/** A manufacturer with a ticket system of its own, the people who work with it, and the day it has. */
export class Manufacturer {
  readonly clients: Clients;
  readonly tickets: Tickets;
  readonly hub: Hub;
  readonly weather: Weather;
  private readonly archive: Archive<{ tickets: KeptTicket[]; listeners: Listener[] }>;

  constructor(
    readonly options: ManufacturerOptions,
    now: Clock,
    private readonly base: () => string,
    tellPage: () => void,
  ) {
    const changed = (): void => {
      this.archive.changed();
      tellPage();
    };
    this.weather = new Weather(tellPage);
    this.clients = new Clients([options], now);
    const hrefOf = (id: string): string => this.hrefOf(id);
    this.hub = new Hub({ retryDelaysMs: options.retryDelaysMs, hrefOf }, this.weather, now, changed);
    this.tickets = new Tickets(now, (happening, client) => {
      this.happened(happening, client);
      changed();
    });
    this.archive = new Archive(options.archive, () => ({
      tickets: this.tickets.snapshot(),
      listeners: this.hub.all(),
    }));
    this.remember();
  }

  private remember(): void {
    const kept = this.archive.read();
    this.tickets.restore(kept?.tickets ?? []);
    this.hub.restore(kept?.listeners ?? []);
  }

  /** Where its TMF621 API is. */
  get url(): string {
    return `${this.base()}/manufacturer/tmf-api/troubleTicket/v4`;
  }

  hrefOf(ticketId: string): string {
    return `${this.url}/troubleTicket/${ticketId}`;
  }

  /** Somebody there does something. @throws TmfProblem 404, 409 */
  act(ticketId: string, deed: Deed): Ticket {
    const { patch, asks = false } = changeBy(deed, ticketId);
    return this.tickets.change(ticketId, patch, { asks, isOurs: true });
  }

  stop(): void {
    this.hub.stop();
    this.archive.stop();
  }

  private happened(happening: Happening, client: string): void {
    this.hub.announce(happening, client);
    const isNew = happening.event === 'Create';
    if (isNew && this.weather.today.acknowledgeAtOnce) this.act(happening.ticket.id, { do: 'acknowledge' });
  }
}
