import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { choosePolicies } from '../policies/policy.store.js';
import type { Ledger, LedgerLine } from './clock.rules.js';
import { advance } from './ledger.rules.js';
import { handedHere } from './handed-here.js';
import { awaiting, writtenOf, type Book, type Written } from './ledger.store.js';
import { momentsOf, tellsOfMoves } from './moments.rules.js';
import { reworked } from './rework.rules.js';
import { RuleBook, type Rules } from './rule-book.js';

/** Reads on in ledgers, by the policies and calendars they go by. */
@Injectable()
export class ClockReader {
  constructor(private readonly rules: RuleBook) {}

  /** @returns these books with all that has happened, not yet written */
  async readOn(tx: EntityManager, books: Book[]): Promise<Written[]> {
    const seen = await withMoves(tx, books);
    const without = seen.filter(({ policyVersionId }) => policyVersionId === null).map(({ caseId }) => caseId);
    const chosen = await choosePolicies(tx, without);
    const versionOf = (book: Book) => book.policyVersionId ?? chosen.get(book.caseId) ?? null;
    const rules = await this.rules.of(tx, seen.map(versionOf));
    return seen.map((book) => read(book, versionOf(book), rules));
  }

  /** @returns these books with due times by the calendars as they are now, not yet written */
  async rework(tx: EntityManager, books: Book[]): Promise<Written[]> {
    const rules = await this.rules.of(
      tx,
      books.map(({ policyVersionId }) => policyVersionId),
    );
    return books.map((book) =>
      writtenOf(book, {
        ledger: rules.climbed(book, upToDate(book, rules), book.policyVersionId),
        lines: [],
        revision: rules.revision,
      }),
    );
  }
}

/** Whether somebody waits for an answer, and what partners have, where something came from another case or went to one. */
async function withMoves(tx: EntityManager, books: Book[]): Promise<Book[]> {
  const moved = books.filter(({ events }) => events.some(tellsOfMoves)).map(({ caseId }) => caseId);
  if (moved.length === 0) return books;
  const waiting = await awaiting(tx, moved);
  const handed = await handedHere(tx, moved);
  return books.map((book) => {
    if (!moved.includes(book.caseId)) return book;
    const handoffs = handed.get(book.caseId) ?? [];
    return { ...book, now: { ...book.now, awaits: waiting.has(book.caseId), handoffs } };
  });
}

const upToDate = ({ ledger, revision, policyVersionId }: Book, rules: Rules): Ledger =>
  revision < rules.revision ? reworked(ledger, rules.of(policyVersionId)) : ledger;

function read(book: Book, policyVersionId: string | null, rules: Rules): Written {
  const { moments, known } = momentsOf(book.known, book.events, book.now);
  let ledger = upToDate(book, rules);
  const lines: LedgerLine[] = [];
  for (const moment of moments) {
    const next = advance(ledger, moment, rules.of(policyVersionId));
    ledger = next.ledger;
    lines.push(...next.lines);
  }
  return writtenOf(book, {
    known,
    // What has come back to life may go by calendars that were edited since.
    ledger: rules.climbed(book, upToDate({ ...book, ledger }, rules), policyVersionId),
    lines,
    policyVersionId,
    revision: rules.revision,
  });
}
