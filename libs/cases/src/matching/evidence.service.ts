import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { maskOf, type Evidence, type EvidenceKind, type IdentifierKind } from '#contracts';
import { OneTimeCodes, type MatchedCode } from '../identity/one-time-codes.js';
import { CaseLinks } from '../tracking/case-links.js';
import { mentionsIn, type Mentions } from './mentions.rules.js';
import { citiesIn, sameName, saysName } from './names.rules.js';
import {
  alikeTo,
  casesCalled,
  citiesOfStores,
  entriesOf,
  holdersOf,
  membersOf,
  namesakesIn,
  namesOf,
  type Named,
  type SaidEntry,
} from './evidence.sql.js';

interface ReadEntry extends SaidEntry {
  mentions: Mentions;
}

/** One thing two have in common, as it is found. */
interface Found {
  newcomerId: string;
  knownId: string;
  evidence: Evidence;
}

/** What speaks for it that a newcomer is somebody we know, by that somebody; and one-time codes that came in as messages. */
export interface Gathered {
  evidence: Map<string, Evidence[]>;
  codes: { code: MatchedCode; entryId: string }[];
}

type Said = Pick<ReadEntry, 'id' | 'isPublic'>;

const piece = (
  kind: EvidenceKind,
  key: string,
  words: { newcomer: string; known: string },
  said: Said | null = null,
): Evidence => ({
  kind,
  key: `${kind}:${key}`,
  ...words,
  entryId: said?.id ?? null,
  isPublic: said?.isPublic ?? false,
});

const both = (words: string) => ({ newcomer: words, known: words });

/** What a message may name: kind and value. A line of a contract is a telephone number as well. */
const namedIn = ({ imeis, phones, emails, documents, customerNumbers }: Mentions) => [
  ...kinds('imei', imeis),
  ...kinds('phone', phones),
  ...kinds('line', phones),
  ...kinds('email', emails),
  ...kinds('document', documents),
  ...kinds('customer_number', customerNumbers),
];
const kinds = (kind: IdentifierKind, values: string[]) => values.map((value) => ({ kind, value }));

/** Finds what two records have in common: set by set, however many newcomers there are. Nothing is changed. */
@Injectable()
export class EvidenceService {
  constructor(
    private readonly links: CaseLinks,
    private readonly codes: OneTimeCodes,
  ) {}

  /** @returns by newcomer; those for whom nothing speaks are left out */
  async gather(tx: EntityManager, newcomerIds: string[]): Promise<Map<string, Gathered>> {
    const [newcomers, said] = [await namesOf(tx, newcomerIds), await entriesOf(tx, newcomerIds)];
    const entries = said.map((entry) => ({ ...entry, mentions: mentionsIn(entry.text) }));
    const typed = await this.typedCodes(tx, entries);
    const found = [
      ...(await this.identifiers(tx, entries)),
      ...(await this.caseCodes(tx, entries)),
      ...(await this.signedLinks(tx, entries)),
      ...typed.flatMap((one) => codeEvidence(one)),
      ...(await this.namesakes(tx, newcomers, entries)),
      ...(await this.addresses(tx, newcomerIds)),
    ].filter(({ newcomerId, knownId }) => newcomerId !== knownId);
    found.push(...(await this.names(tx, newcomers, entries, found)));
    return byNewcomer(found, typed);
  }

  private async identifiers(tx: EntityManager, entries: ReadEntry[]): Promise<Found[]> {
    const mentioned = entries.flatMap(({ mentions }) => namedIn(mentions));
    if (mentioned.length === 0) return [];
    const points = await holdersOf(tx, mentioned);
    return entries.flatMap((entry) =>
      namedIn(entry.mentions).flatMap(({ kind, value }) =>
        points
          .filter((point) => point.kind === kind && point.value === value)
          .map(({ id, display, customerId }) => ({
            newcomerId: entry.customerId,
            knownId: customerId,
            evidence: piece(kind, id, both(maskOf(kind, display)), entry),
          })),
      ),
    );
  }

  private async caseCodes(tx: EntityManager, entries: ReadEntry[]): Promise<Found[]> {
    const references = [...new Set(entries.flatMap(({ mentions }) => mentions.caseCodes))];
    const called = references.length > 0 ? await casesCalled(tx, references) : [];
    return entries.flatMap((entry) =>
      called
        .filter(({ reference }) => entry.mentions.caseCodes.includes(reference))
        .map(({ id, reference, customerId }) => ({
          newcomerId: entry.customerId,
          knownId: customerId,
          evidence: piece('case_code', id, both(reference), entry),
        })),
    );
  }

  /** Whoever has one was given it by us, or by our customer. */
  private async signedLinks(tx: EntityManager, entries: ReadEntry[]): Promise<Found[]> {
    const found: Found[] = [];
    for (const entry of entries)
      for (const token of entry.mentions.links) {
        const link = await this.links.find(tx, token);
        if (!link) continue;
        const evidence = piece('signed_link', link.id, both('/t/…'), entry);
        found.push({ newcomerId: entry.customerId, knownId: link.customerId, evidence });
      }
    return found;
  }

  private async typedCodes(tx: EntityManager, entries: ReadEntry[]) {
    const found: { entry: ReadEntry; code: MatchedCode }[] = [];
    for (const entry of entries.filter(({ isCode }) => isCode)) {
      const code = await this.codes.match(tx, entry.id);
      if (code) found.push({ entry, code });
    }
    return found;
  }

  /** Whom a name and a city in what they wrote may mean. */
  private async namesakes(tx: EntityManager, newcomers: Named[], entries: ReadEntry[]): Promise<Found[]> {
    const cities = entries.length > 0 ? await citiesOfStores(tx) : [];
    const found: Found[] = [];
    for (const newcomer of newcomers) {
      const named = entries
        .filter(({ customerId }) => customerId === newcomer.id)
        .flatMap((entry) => citiesIn(entry.text, cities).map((city) => ({ city, entry })));
      // By one word many are called: nobody is looked for by it.
      if (named.length === 0 || !sameName(newcomer.displayName, newcomer.displayName)) continue;
      for (const known of await namesakesIn(tx, newcomer, [...new Set(named.map(({ city }) => city))]))
        if (sameName(newcomer.displayName, known.displayName))
          for (const { city, entry } of named.filter((one) => one.city === known.city))
            found.push({
              newcomerId: newcomer.id,
              knownId: known.id,
              evidence: piece('city', city, both(city), entry),
            });
    }
    return found;
  }

  private async addresses(tx: EntityManager, newcomerIds: string[]): Promise<Found[]> {
    const [alike, members] = [await alikeTo(tx, newcomerIds), await membersOf(tx, newcomerIds)];
    return [
      ...alike.map(({ newcomerId, knownId, pointIds, newcomer, known }) => ({
        newcomerId,
        knownId,
        evidence: piece('alike', pointIds.toSorted().join('/'), { newcomer, known }),
      })),
      ...members.map(({ newcomerId, knownId, kind, value, display }) => ({
        newcomerId,
        knownId,
        evidence: piece('shared_address', `${kind}:${value}`, both(display)),
      })),
    ];
  }

  /** Of those something else speaks for: whether they are called alike, by their name or by what they wrote. */
  private async names(tx: EntityManager, newcomers: Named[], entries: ReadEntry[], found: Found[]): Promise<Found[]> {
    const pairs = new Map(
      found.map(({ newcomerId, knownId }) => [`${newcomerId} ${knownId}`, { newcomerId, knownId }]),
    );
    if (pairs.size === 0) return [];
    const known = await namesOf(tx, [...new Set([...pairs.values()].map(({ knownId }) => knownId))]);
    const nameOf = (people: Named[], id: string) => people.find((one) => one.id === id)?.displayName ?? '';
    return [...pairs.values()].flatMap(({ newcomerId, knownId }): Found[] => {
      const [mine, theirs] = [nameOf(newcomers, newcomerId), nameOf(known, knownId)];
      if (sameName(mine, theirs))
        return [{ newcomerId, knownId, evidence: piece('name', knownId, { newcomer: mine, known: theirs }) }];
      const said = entries.find(({ customerId, text }) => customerId === newcomerId && saysName(text, theirs));
      return said ? [{ newcomerId, knownId, evidence: piece('name', knownId, both(theirs), said) }] : [];
    });
  }
}

/** What holding the address the code went to proves says how much typing it does. */
const codeEvidence = ({ entry, code }: { entry: ReadEntry; code: MatchedCode }): Found[] =>
  code.level === 'none'
    ? []
    : [
        {
          newcomerId: entry.customerId,
          knownId: code.customerId,
          evidence: piece(code.level === 'strong' ? 'one_time_code' : 'weak_code', code.codeId, both('••••••'), entry),
        },
      ];

function byNewcomer(found: Found[], typed: { entry: ReadEntry; code: MatchedCode }[]): Map<string, Gathered> {
  const gathered = new Map<string, Gathered>();
  const of = (id: string): Gathered => {
    const known = gathered.get(id) ?? { evidence: new Map<string, Evidence[]>(), codes: [] };
    gathered.set(id, known);
    return known;
  };
  for (const { newcomerId, knownId, evidence } of found) {
    const pieces = of(newcomerId).evidence;
    pieces.set(knownId, [...(pieces.get(knownId) ?? []), evidence]);
  }
  for (const { entry, code } of typed) of(entry.customerId).codes.push({ code, entryId: entry.id });
  return gathered;
}
