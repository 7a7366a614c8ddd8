import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { isStrong, rulesOf, type Evidence, type MatchRule } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';
import { OneTimeCodes } from '../identity/one-time-codes.js';
import { lockPeople } from '../merge/merge.people.js';
import { MergeService } from '../merge/merge.service.js';
import { record, SYSTEM, type Actor, type NewEvent } from '../record.js';
import { joined, weigh, type Memory, type Verdict } from './evidence.rules.js';
import { EvidenceService, type Gathered } from './evidence.service.js';
import { householdsOf } from './evidence.sql.js';
import {
  caseToTell,
  decideSuggestion,
  keptOf,
  markEntries,
  ofPair,
  peopleOf,
  setEvidence,
  writeSuggestion,
  type MatchPerson,
  type SuggestionRow,
} from './suggestion.sql.js';

/** A newcomer and somebody we know, of whom something says that they are one. */
export interface Pair {
  newcomerId: string;
  knownId: string;
}

/** What is known of two when it is decided about them; both are locked. */
interface Table extends Pair {
  newcomer: MatchPerson;
  known: MatchPerson;
  evidence: Evidence[];
  /** Suggestions of these two, oldest first. */
  before: SuggestionRow[];
}

/** What an entry is marked with that came to its case by this. */
const MARKS = { signed_link: 'signed_link', one_time_code: 'one_time_code' } as const;
const markOf = (rule: MatchRule | undefined) =>
  rule === 'signed_link' || rule === 'one_time_code' ? MARKS[rule] : 'evidence';

/** Whether who has just written is somebody we know: attached on strong evidence, asked of people on weak. */
@Injectable()
export class MatchingService {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly merges: MergeService,
    private readonly codes: OneTimeCodes,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Whom the newcomers of these cases may be: provisional customers, and whoever typed what could be a one-time code. */
  async pairs(tx: EntityManager, caseIds: string[], entryIds: string[]): Promise<Pair[]> {
    const rows: { id: string; provisional: boolean }[] = await tx.query(
      `select cu.id, cu.provisional from customer cu where cu.id in (select c.customer_id from cases c where c.id = any($1))
         and cu.merged_into is null and (cu.provisional or exists (
           select from interaction i join cases c on c.id = i.case_id and c.customer_id = cu.id
           where i.id = any($2) and length(i.text) < 20 and i.text ~ '[0-9]{2}'))`,
      [caseIds, entryIds],
    );
    const gathered = await this.evidence.gather(
      tx,
      rows.map(({ id }) => id),
    );
    return rows.flatMap(({ id, provisional }) => pairsOf(id, provisional, gathered.get(id)));
  }

  /**
   * Decides about two, by what is known once both are ours. Again changes nothing. Run it in `withRetry`.
   * @returns what became of them
   */
  async settle(tx: EntityManager, { newcomerId, knownId }: Pair): Promise<Verdict['verdict']> {
    if (newcomerId === knownId) return this.proveOwn(tx, newcomerId);
    const two = await holdTwo(tx, newcomerId, knownId);
    if (!two) return 'nothing';
    const { newcomer, known } = two;
    const found = (await this.evidence.gather(tx, [newcomerId])).get(newcomerId);
    const now = found?.evidence.get(knownId) ?? [];
    if (!found || !(newcomer.provisional || now.some(isTyped))) return 'nothing';
    const before = await ofPair(tx, newcomerId, knownId);
    const open = before.find(({ state }) => state === 'open');
    const evidence = joined(now, open?.evidence ?? []);
    const mayAttach = newcomer.provisional && (await this.isClear(tx, found, [newcomerId, knownId]));
    const { verdict, rules } = weigh(now, memoryOf(before), mayAttach);
    const table = { newcomerId, knownId, newcomer, known, evidence, before };
    if (verdict === 'suggest') await this.suggest(tx, table);
    if (verdict === 'attach') await this.attach(tx, table, found, rules);
    return verdict;
  }

  /** Nobody in particular is nobody's; and who could be two people is for one of us to say. */
  private async isClear(tx: EntityManager, found: Gathered, ids: string[]): Promise<boolean> {
    const strong = [...found.evidence.values()].filter((pieces) => rulesOf(pieces).some(isStrong));
    return strong.length <= 1 && (await householdsOf(tx, ids)).size === 0;
  }

  /** Their own code, typed from an address that is theirs already. */
  private async proveOwn(tx: EntityManager, customerId: string): Promise<'nothing'> {
    await lockPeople(tx, [customerId]);
    const found = (await this.evidence.gather(tx, [customerId])).get(customerId);
    for (const { code, entryId } of found?.codes ?? [])
      if (code.customerId === customerId) await this.codes.accept(tx, code.codeId, entryId);
    return 'nothing';
  }

  private async suggest(tx: EntityManager, table: Table): Promise<void> {
    const { before, evidence } = table;
    const now = this.clock.now();
    const open = before.find(({ state }) => state === 'open');
    if (open) return setEvidence(tx, open.id, evidence);
    const again = before.find(({ state }) => state === 'dismissed') ?? before[0];
    const id = again?.id ?? newId();
    if (again) {
      await setEvidence(tx, id, evidence);
      await decideSuggestion(tx, [id], { state: 'open', by: null, at: now });
    } else await writeSuggestion(tx, { ...table, id, at: now });
    await tellBoth(tx, SYSTEM, [table.newcomer, table.known], now, (other) => ({
      type: 'match.suggested',
      data: { suggestionId: id, rules: rulesOf(evidence), ...other },
    }));
  }

  private async attach(tx: EntityManager, table: Table, found: Gathered, rules: MatchRule[]): Promise<void> {
    const { newcomer, known, newcomerId, knownId, evidence, before } = table;
    const now = this.clock.now();
    const id = before[0]?.id ?? newId();
    if (before[0]) await setEvidence(tx, id, evidence);
    else await writeSuggestion(tx, { ...table, id, at: now });
    const into = keptOf(known, newcomer).id;
    const from = into === knownId ? newcomerId : knownId;
    const reason = markOf(rules[0]);
    const { mergeId } = await this.merges.customers(tx, SYSTEM, { into, from, reason, suggestionId: id, locked: true });
    await decideSuggestion(tx, [id], { state: 'confirmed', by: null, at: now, mergeId });
    await markEntries(tx, id, [...new Set(evidence.flatMap(({ entryId }) => entryId ?? []))], reason);
    const place = await caseToTell(tx, into);
    if (place) {
      const data = { suggestionId: id, mergeId, rules: rules.filter(isStrong), displayName: newcomer.displayName };
      await record(tx, place.id, SYSTEM, 'worker', now, [{ type: 'match.attached', data }]);
    }
    for (const { code, entryId } of found.codes)
      if (code.customerId === knownId) await this.codes.accept(tx, code.codeId, entryId);
  }
}

/** Both, locked; null when one of them is somebody else by now. */
async function holdTwo(
  tx: EntityManager,
  newcomerId: string,
  knownId: string,
): Promise<{ newcomer: MatchPerson; known: MatchPerson } | null> {
  await lockPeople(tx, [newcomerId, knownId]);
  const people = await peopleOf(tx, [newcomerId, knownId]);
  const [newcomer, known] = [newcomerId, knownId].map((id) => people.find((one) => one.id === id));
  return newcomer && known && !newcomer.mergedInto && !known.mergedInto ? { newcomer, known } : null;
}

const isTyped = ({ kind }: Evidence): boolean => kind === 'one_time_code' || kind === 'weak_code';

/** Who is known by name already is only asked about when they typed somebody else's code. */
function pairsOf(newcomerId: string, provisional: boolean, found: Gathered | undefined): Pair[] {
  if (!found) return [];
  const others = [...found.evidence]
    .filter(([, pieces]) => rulesOf(pieces).length > 0 && (provisional || pieces.some(isTyped)))
    .map(([knownId]) => ({ newcomerId, knownId }));
  const own = found.codes.some(({ code }) => code.customerId === newcomerId);
  return own ? [...others, { newcomerId, knownId: newcomerId }] : others;
}

/** What was said of these two: dismissed, also long ago and whatever they were called then. */
function memoryOf(before: SuggestionRow[]): Memory {
  const dismissed = before.filter(({ state }) => state === 'dismissed');
  return { apart: dismissed.length > 0, refused: new Set(dismissed.flatMap(({ refused }) => refused)) };
}

/** On a case of each, with the other one's name and reference. */
export async function tellBoth(
  tx: EntityManager,
  actor: Actor,
  people: [MatchPerson, MatchPerson],
  at: Date,
  event: (other: { otherName: string; otherCaseId: string | null; otherReference: string | null }) => NewEvent,
): Promise<void> {
  const [one, other] = people;
  const [mine, theirs] = [await caseToTell(tx, one.id), await caseToTell(tx, other.id)];
  const said = (person: MatchPerson, place: { id: string; reference: string } | undefined) =>
    event({ otherName: person.displayName, otherCaseId: place?.id ?? null, otherReference: place?.reference ?? null });
  if (mine) await record(tx, mine.id, actor, 'matching', at, [said(other, theirs)]);
  if (theirs) await record(tx, theirs.id, actor, 'matching', at, [said(one, mine)]);
}
