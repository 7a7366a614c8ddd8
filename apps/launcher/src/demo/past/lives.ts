import type { Channel, ImpactState, PatchCaseBody } from '#contracts';
import type { StaffKey } from '../carrier.js';
import type { DemoCustomer } from '../customers.js';
import { chanceOf, type Chance } from './chance.js';
import { customerOf } from './names.js';
import { TROUBLES, type Trouble } from './troubles.js';

/** What the last month brought: who came with what, by which way, and how it went. Pure, and the same every time. */

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Nobody writes, and nobody answers, before nine or after half past nine. */
const WAKES = 9 * HOUR;
const SLEEPS = 21.5 * HOUR;
const SEED = 47_001;
/** Of those who wrote within the last hour: whom nobody has answered yet. */
const FRESH = 13;

export type Way = Extract<Channel, 'twitter' | 'email' | 'store' | 'phone'>;

export type Happening = { at: number } & (
  | { does: 'asks'; channel: 'twitter' | 'email'; text: string }
  | { does: 'answers'; by: StaffKey; channel: 'twitter' | 'email'; text: string }
  | { does: 'visits'; by: StaffKey; store: string; text: string }
  | { does: 'calls'; by: StaffKey; text: string }
  | { does: 'takes'; by: StaffKey }
  | { does: 'moves'; by: StaffKey; to: NonNullable<PatchCaseBody['status']>; waitReason?: Trouble['waits'] }
  | { does: 'eases'; by: StaffKey; to: Extract<ImpactState, 'relieved' | 'restored'> }
  | { does: 'promises'; by: StaffKey; due: number }
  | { does: 'tells again'; by: StaffKey }
);

export interface Life {
  customer: DemoCustomer & { tier: 'gold' | 'silver' | 'standard' };
  trouble: Trouble;
  way: Way;
  /** In order; all of it has happened. */
  happenings: [Happening, ...Happening[]];
}

/** Arrivals of a working day, and how often the first word comes late. */
const WAYS: Record<Way, { daily: number; late: number }> = {
  twitter: { daily: 6, late: 0.04 },
  email: { daily: 7, late: 0.06 },
  phone: { daily: 5, late: 0.03 },
  store: { daily: 4, late: 0.02 },
};
/** Days on which it went wrong, by how long ago: a team was short, or a letter went out to everybody. */
const BAD_DAYS: Partial<Record<Way, Record<number, number>>> = {
  phone: { 2: 0.3, 3: 0.55, 4: 0.35, 16: 0.4 },
  email: { 5: 0.35, 11: 0.3, 23: 0.5 },
  twitter: { 19: 0.4 },
};
const COUNTERS: readonly [[string, StaffKey], ...[string, StaffKey][]] = [
  ['goya', 'ruben'],
  ['goya', 'ruben'],
  ['granvia', 'ana'],
  ['colon', 'jon'],
  ['laspalmas', 'dani'],
];
const HANDS: Record<Trouble['queue'], readonly [StaffKey, ...StaffKey[]]> = {
  care: ['marta', 'noa', 'mar', 'lidia', 'ivan'],
  repairs: ['teo', 'sara', 'marta', 'lidia'],
  billing: ['mar', 'noa', 'mar'],
  network: ['ivan', 'teo', 'lidia'],
  complaints: ['noa', 'sara'],
};

/** @param midnights when each day began, today first, as milliseconds since the epoch */
export function livesUntil(now: number, midnights: readonly number[]): Life[] {
  const chance = chanceOf(SEED);
  const lives: Life[] = [];
  const today = morningOf(0, now - (midnights[0] ?? now));
  for (let ago = midnights.length - 1; ago >= 0; ago -= 1)
    for (const way of Object.keys(WAYS) as Way[]) {
      const midnight = midnights[ago] ?? now;
      const isWeekend = new Date(midnight + 12 * HOUR).getUTCDay() % 6 === 0;
      const count = Math.round(WAYS[way].daily * (isWeekend ? 0.5 : 1) + chance.next() * 1.5);
      for (let n = 0; n < count; n += 1) {
        const opened = midnight + morningOf(ago, now - midnight) + chance.next() * (11 * HOUR);
        const late = BAD_DAYS[way]?.[ago] ?? WAYS[way].late;
        lives.push(new Living(lives.length, way, late, midnights, today, chance).from(opened, now));
      }
    }
  for (let n = 0; n < FRESH; n += 1) lives.push(unanswered(lives.length, now - (3 + n * 4) * MINUTE, chance));
  return lives.filter(({ happenings: [first] }) => first.at < now);
}

/** Whoever looks at the demo before nine sees a day that has begun. */
const morningOf = (ago: number, gone: number): number => (ago === 0 ? Math.min(WAKES, gone / 5) : WAKES);

/** Whoever wrote just now. */
function unanswered(n: number, at: number, chance: Chance): Life {
  const trouble = chance.pick(TROUBLES);
  const channel = chance.happens(0.5) ? 'twitter' : 'email';
  const happenings: Life['happenings'] = [{ at, does: 'asks', channel, text: trouble.says }];
  return { customer: customerOf(n, chance), trouble, way: channel, happenings };
}

/** Lets one case live, from its first word until it is closed. */
class Living {
  private readonly customer: Life['customer'];
  private readonly trouble: Trouble;
  private readonly store: string;
  private readonly hand: StaffKey;
  private readonly done: Happening[] = [];

  constructor(
    n: number,
    private readonly way: Way,
    private readonly late: number,
    private readonly midnights: readonly number[],
    /** When today begins, after midnight. */
    private readonly today: number,
    private readonly chance: Chance,
  ) {
    this.customer = customerOf(n, chance);
    this.trouble = chance.pick(TROUBLES);
    const [store, clerk] = chance.pick(COUNTERS);
    this.store = store;
    this.hand = way === 'store' ? clerk : chance.pick(HANDS[this.trouble.queue]);
  }

  from(opened: number, now: number): Life {
    const answered = this.opens(opened);
    const written = Math.max(answered, this.writesAgain(answered), this.staysInTouch(answered));
    const solved = this.solves(answered, written);
    this.closes(solved);
    const happenings = this.done.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at);
    const [first = { at: opened, does: 'takes', by: this.hand }, ...rest] = happenings;
    return { customer: this.customer, trouble: this.trouble, way: this.way, happenings: [first, ...rest] };
  }

  /** @returns when somebody of us first said something useful */
  private opens(at: number): number {
    const { trouble, hand } = this;
    if (this.way === 'store') this.done.push({ at, does: 'visits', by: hand, store: this.store, text: trouble.says });
    else if (this.way === 'phone') this.done.push({ at, does: 'calls', by: hand, text: trouble.says });
    else this.done.push({ at, does: 'asks', channel: this.way, text: trouble.says });
    const isThere = this.way === 'store' || this.way === 'phone';
    const waited = isThere ? MINUTE : this.wait(4, 48, 75, 240);
    this.done.push({ at: at + waited * 0.9, does: 'takes', by: hand });
    if (isThere) return at + waited;
    this.answers(at + waited, trouble.answer);
    return at + waited;
  }

  /** Once more the customer, before there is news. @returns when they were answered */
  private writesAgain(answered: number): number {
    if (!this.chance.happens(this.way === 'phone' ? Math.max(0.35, this.late * 1.5) : 0.35)) return answered;
    const at = this.awake(answered + this.chance.early(2, 20) * HOUR);
    this.done.push({ at, does: 'asks', channel: this.channel(), text: this.trouble.asks });
    const replied = this.awake(at + this.wait(8, 95, 135, 300));
    const other = this.chance.happens(0.18) ? this.chance.pick(HANDS[this.trouble.queue]) : this.hand;
    if (this.chance.happens(0.3)) this.done.push({ at: replied - MINUTE, does: 'tells again', by: other });
    this.answers(replied, 'Gracias por escribir. Sigo con ello y te digo algo hoy mismo.', other);
    return replied;
  }

  /** A promise to write, and the letter. @returns when it was written */
  private staysInTouch(answered: number): number {
    if (!this.chance.happens(0.55)) return answered;
    const due = this.awake(answered + this.chance.early(4, 28) * HOUR);
    this.done.push({ at: answered + 2 * MINUTE, does: 'promises', by: this.hand, due });
    const isLate = this.chance.happens(this.late + 0.05);
    const at = isLate
      ? this.awake(due + this.chance.early(0.5, 5) * HOUR)
      : Math.max(answered + 5 * MINUTE, due - this.chance.early(20, 200) * MINUTE);
    this.answers(at, 'Como quedamos, te cuento cómo va: seguimos en plazo y no tienes que hacer nada.');
    return at;
  }

  /** @returns when the customer had back what they had lost */
  private solves(answered: number, written: number): number {
    const { trouble, hand, chance } = this;
    this.done.push({ at: answered + chance.early(4, 50) * MINUTE, does: 'moves', by: hand, to: 'understood' });
    const begun = answered + chance.early(55, 170) * MINUTE;
    this.done.push({ at: begun, does: 'moves', by: hand, to: 'in_solution' });
    let ready = Math.max(begun, written) + HOUR;
    if (trouble.waits && chance.happens(0.6)) {
      const back = this.awake(begun + chance.early(8, 46) * HOUR);
      const asked = this.awake(begun + HOUR);
      this.done.push({ at: asked, does: 'moves', by: hand, to: 'waiting', waitReason: trouble.waits });
      this.done.push({ at: Math.max(back, asked + HOUR), does: 'moves', by: hand, to: 'in_solution' });
      ready = Math.max(ready, back + HOUR, asked + 2 * HOUR);
    }
    const hours = chance.happens(0.03 + this.late / 4) ? chance.early(125, 160) : chance.early(1, 60);
    const solved = this.awake(Math.max(ready, answered + hours * HOUR));
    if (trouble.lacks.length > 0) {
      const relieved = this.awake(
        answered + (chance.happens(0.93) ? chance.early(1, 20) : chance.early(26, 52)) * HOUR,
      );
      if (relieved < solved - HOUR) this.done.push({ at: relieved, does: 'eases', by: hand, to: 'relieved' });
      this.done.push({ at: solved - 2 * MINUTE, does: 'eases', by: hand, to: 'restored' });
    }
    this.done.push({ at: solved, does: 'moves', by: hand, to: 'restored' });
    this.answers(solved + MINUTE, trouble.solved);
    return solved;
  }

  private closes(solved: number): void {
    const { hand, chance } = this;
    let restored = solved;
    if (chance.happens(0.035)) {
      const back = this.awake(solved + chance.early(3, 30) * HOUR);
      restored = this.awake(back + chance.early(4, 20) * HOUR);
      this.done.push({ at: back, does: 'moves', by: hand, to: 'in_solution' });
      this.done.push({ at: restored, does: 'moves', by: hand, to: 'restored' });
    }
    this.done.push({ at: this.awake(restored + chance.early(2, 40) * HOUR), does: 'moves', by: hand, to: 'closed' });
  }

  private answers(at: number, text: string, by = this.hand): void {
    this.done.push({ at, does: 'answers', by, channel: this.channel(), text });
  }

  private channel(): 'twitter' | 'email' {
    return this.way === 'twitter' ? 'twitter' : 'email';
  }

  /** In time or too late, in milliseconds; the limits are minutes. */
  private wait(from: number, to: number, lateFrom: number, lateTo: number): number {
    const isLate = this.chance.happens(this.late);
    return (isLate ? this.chance.early(lateFrom, lateTo) : this.chance.early(from, to)) * MINUTE;
  }

  /** Then, or the next morning. */
  private awake(at: number): number {
    const begun = this.midnights.find((midnight) => midnight <= at) ?? at - WAKES;
    const since = at - begun;
    const wakes = begun === this.midnights[0] ? this.today : WAKES;
    if (since < wakes) return begun + wakes + (since / WAKES) * HOUR;
    return since > SLEEPS ? begun + 24 * HOUR + WAKES + ((since - SLEEPS) / HOUR) * 20 * MINUTE : at;
  }
}
