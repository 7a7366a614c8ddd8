import { type Clock, isoTime } from './clock.js';
import type { Feed } from './feed.js';
import { Refusal } from './refusal.js';
import type { Snowflakes } from './snowflake.js';

/** Somebody outside: on X under a handle, at an address, with a phone. `id` is the X user id. */
export interface Person {
  id: string;
  twitterId: string;
  displayName: string;
  handle: string;
  email: string | null;
  phone: string | null;
  /** `false`: direct messages to this person answer 403. */
  acceptsDms: boolean;
  /** Came with the demo, was made here, or is only known by an id somebody wrote to. */
  origin: 'cast' | 'made' | 'adopted';
  createdAt: string;
}

export interface NewPerson {
  displayName: string;
  handle?: string;
  email?: string | null;
  phone?: string | null;
  twitterId?: string;
  acceptsDms?: boolean;
}

/** The care account on X: it is us, not a customer. */
export interface CareAccount {
  twitterId: string;
  handle: string;
  displayName: string;
}

/** Everybody outside, found by id, handle or address. */
export class People {
  private readonly byId = new Map<string, Person>();

  /** Every account of the house. */
  readonly careAccounts: readonly CareAccount[];

  constructor(
    readonly care: CareAccount,
    otherCare: readonly CareAccount[],
    private readonly snowflakes: Snowflakes,
    private readonly now: Clock,
    private readonly feed: Feed,
  ) {
    this.careAccounts = [care, ...otherCare];
  }

  /** The account of the house with this id or handle. */
  careOf(idOrHandle: string): CareAccount | undefined {
    const handle = idOrHandle.replace(/^@/, '').toLowerCase();
    return this.careAccounts.find((one) => one.twitterId === idOrHandle || one.handle.toLowerCase() === handle);
  }

  /** Anybody on X, one of us or not. */
  who(id: string): Person | CareAccount | undefined {
    return this.careOf(id) ?? this.byId.get(id);
  }

  all(): Person[] {
    return [...this.byId.values()];
  }

  byTwitterId(id: string): Person | undefined {
    return this.byId.get(id);
  }

  byHandle(handle: string): Person | undefined {
    return this.all().find((person) => person.handle.toLowerCase() === handle.toLowerCase());
  }

  byEmail(email: string): Person | undefined {
    return this.all().find((person) => person.email === email.toLowerCase());
  }

  /** By id or handle. @throws Refusal 404 */
  find(idOrHandle: string): Person {
    const person = this.byTwitterId(idOrHandle) ?? this.byHandle(idOrHandle);
    if (!person) throw new Refusal(404, 'customer.not_found', `nobody here has the id or handle ${idOrHandle}`);
    return person;
  }

  /** A new person. @throws Refusal 409 when the id, handle or address is somebody else's */
  add(stated: NewPerson, origin: Person['origin'] = 'made'): Person {
    const id = stated.twitterId ?? this.snowflakes.next();
    const handle = stated.handle?.replace(/^@/, '') ?? this.freeHandle(stated.displayName);
    const email = stated.email?.toLowerCase() ?? null;
    this.refuseTaken(id, handle, email);
    const person: Person = {
      id,
      twitterId: id,
      displayName: stated.displayName,
      handle,
      email,
      phone: stated.phone ?? null,
      acceptsDms: stated.acceptsDms ?? true,
      origin,
      createdAt: isoTime(this.now()),
    };
    this.byId.set(id, person);
    this.feed.tell('person', id);
    return person;
  }

  /** Somebody known only by the id a message was sent to. */
  adopt(twitterId: string): Person {
    const tail = twitterId.slice(-6);
    return this.add({ twitterId, displayName: `X ${tail}`, handle: `x_${twitterId.slice(-12)}` }, 'adopted');
  }

  change(
    idOrHandle: string,
    changes: { displayName?: string | undefined; handle?: string | undefined; acceptsDms?: boolean | undefined },
  ): Person {
    const person = this.find(idOrHandle);
    const handle = changes.handle?.replace(/^@/, '') ?? person.handle;
    const holder = this.byHandle(handle);
    if ((holder && holder !== person) || this.careOf(handle)) {
      throw new Refusal(409, 'customer.taken', 'somebody else already has this handle');
    }
    person.handle = handle;
    if (changes.displayName !== undefined) person.displayName = changes.displayName;
    if (changes.acceptsDms !== undefined) person.acceptsDms = changes.acceptsDms;
    this.feed.tell('person', person.id);
    return person;
  }

  private refuseTaken(id: string, handle: string, email: string | null): void {
    const taken = (what: string): Refusal =>
      new Refusal(409, 'customer.taken', `somebody else already has this ${what}`);
    if (this.byId.has(id) || this.careOf(id)) throw taken('X user id');
    if (this.byHandle(handle) || this.careOf(handle)) throw taken('handle');
    if (email && this.byEmail(email)) throw taken('email address');
  }

  private freeHandle(displayName: string): string {
    const plain = displayName.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const base =
      plain
        .replace(/[^a-z0-9]+/g, '_')
        .replace(/^_+|_+$/g, '')
        .slice(0, 12) || 'persona';
    for (let n = 1; ; n += 1) {
      const handle = n === 1 ? base : `${base}_${n}`;
      if (!this.byHandle(handle)) return handle;
    }
  }
}
