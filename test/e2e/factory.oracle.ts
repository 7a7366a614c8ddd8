import type { FactoryDeed } from './factory.js';

/** What a handoff must look like after all that the manufacturer did, whatever way and however often it was told. */
export interface Expected {
  state: string;
  partnerRef: string | null;
  engineer: string | null;
  etaAt: string | null;
  outcome: string | null;
  question: string | null;
  /** How many words of each kind they said: once each. */
  words: Record<string, number>;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** Reads the deeds in the order they were done, and knows nothing of events, tickets or polls. */
export function expectedAfter(deeds: readonly FactoryDeed[]): Expected {
  const now: Expected = {
    ...{ state: 'sent', partnerRef: null, engineer: null, etaAt: null, outcome: null, question: null },
    words: {},
  };
  const say = (kind: string) => (now.words[kind] = (now.words[kind] ?? 0) + 1);
  const move = (state: string, more: Partial<Expected> = {}) =>
    Object.assign(now, { state, question: null, outcome: null }, more);
  for (const deed of deeds) {
    now.etaAt = text(deed['etaAt']) ?? now.etaAt;
    switch (deed.do) {
      case 'acknowledge':
        move('acknowledged');
        say('acknowledged');
        break;
      case 'accept':
        move('accepted', {
          partnerRef: text(deed['rma']),
          engineer: text((deed['engineer'] as { name?: unknown } | undefined)?.name),
        });
        say('accepted');
        break;
      case 'ask':
        move('info_requested', { question: text(deed['question']) });
        say('asked');
        break;
      case 'work':
        move('in_progress');
        say('in_progress');
        break;
      case 'resolve':
        move('resolved', { outcome: text(deed['outcome']) });
        say('resolved');
        break;
      case 'reject':
        move('rejected');
        say('rejected');
        break;
      case 'eta':
        if (deed['reason'] !== undefined) say('note');
        break;
      default:
        say({ quote: 'quoted' }[deed.do] ?? deed.do);
    }
  }
  return now;
}

/** A course of things that can happen, by chance: what is done next depends on where it stands. */
export function someCourse(chance: () => number): FactoryDeed[] {
  const pick = <T>(from: readonly T[]): T => from[Math.floor(chance() * from.length)] as T;
  const day = () => new Date(Date.UTC(2027, 0, 1 + Math.floor(chance() * 300), 16)).toISOString();
  let serial = 0;
  const words = (what: string) => `${what} ${(serial += 1)}`;
  const accept = { do: 'accept', rma: words('RMA'), engineer: { name: words('Ana') }, etaAt: day() };
  const any: (() => FactoryDeed)[] = [
    () => ({ do: 'eta', etaAt: day(), reason: words('la placa tarda') }),
    () => ({ do: 'note', text: words('nota') }),
    () => ({ do: 'received', text: words('ha llegado') }),
    () => ({ do: 'quote', lines: [{ description: words('placa'), listCents: 40_000, priceCents: 20_000 }] }),
  ];
  const deeds: FactoryDeed[] = [...(chance() < 0.5 ? [{ do: 'acknowledge' }] : []), accept];
  for (let left = 3 + Math.floor(chance() * 5); left > 0; left -= 1) {
    if (chance() < 0.35)
      deeds.push({ do: 'ask', question: words('¿se mojó?') }, { do: 'work', text: words('seguimos') });
    else deeds.push(pick(any)());
  }
  const ends: FactoryDeed[][] = [
    [],
    [{ do: 'ask', question: words('¿tiene código?') }],
    [{ do: 'resolve', outcome: 'repaired', text: words('placa cambiada') }],
    [
      { do: 'resolve', outcome: 'no_fault', text: words('nada') },
      { do: 'work', text: words('otra vez') },
    ],
    [{ do: 'reject', reason: words('daño por agua') }],
  ];
  return [...deeds, ...pick(ends)];
}
