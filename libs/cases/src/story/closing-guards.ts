import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { factText, maskTold, type Blocker, type ImpactKind, type ImpactPart, type ImpactState } from '#contracts';
import { toldNames } from '../told-names.js';

/** What keeps a case open: the blockers of one room. */
export type ClosingGuard = (tx: EntityManager, caseId: string) => Promise<Blocker[]>;

interface OpenImpact {
  id: string;
  kind: ImpactKind;
  part: ImpactPart | null;
  state: ImpactState;
}

/** Done means restored: an impact that is only relieved keeps the case open too. */
const impacts: ClosingGuard = async (tx, caseId) => {
  const rows: OpenImpact[] = await tx.query(
    `select id, kind, part, state from impact where case_id = $1 and state <> 'restored' order by reported_at, id`,
    [caseId],
  );
  return rows.map(({ id, ...values }) => {
    const told = { kind: 'lost' as const, code: 'impact' as const, values, text: null };
    return { kind: 'impact', id, text: { es: factText(told, 'es'), en: factText(told, 'en') } };
  });
};

const promises: ClosingGuard = async (tx, caseId) => {
  const rows: { id: string; text: string | null; byName: string }[] = await tx.query(
    `select id, text, by_name as "byName" from promise where case_id = $1 and state = 'open' order by due_at, id`,
    [caseId],
  );
  return rows.map(({ id, text, byName }) => {
    const told = { kind: 'promised' as const, code: text === null ? ('next_update' as const) : null, values: {}, text };
    return {
      kind: 'promise',
      id,
      text: {
        es: `${factText(told, 'es')} (lo prometió ${byName})`,
        en: `${factText(told, 'en')} (promised by ${byName})`,
      },
    };
  });
};

/** Everything a case cannot be closed with. Rooms above add theirs when they start: loans, handoffs, benefits. */
@Injectable()
export class ClosingGuards {
  private readonly guards: ClosingGuard[] = [impacts, promises];

  register(guard: ClosingGuard): void {
    this.guards.push(guard);
  }

  /** In the order they were registered; none when the case can be closed. */
  async blockers(tx: EntityManager, caseId: string): Promise<Blocker[]> {
    const found: Blocker[] = [];
    for (const guard of this.guards) found.push(...(await guard(tx, caseId)));
    const known = await toldNames(tx, caseId);
    return found.map(({ text, ...blocker }) => ({
      ...blocker,
      text: { es: maskTold(text.es, known), en: maskTold(text.en, known) },
    }));
  }
}
