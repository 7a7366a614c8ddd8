import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Doors, readable, SENT_BY_LINK, SENT_FROM_NETWORK, type OpenLink } from '#cases';
import { ERRORS, Id, type Language } from '#contracts';
import { DomainError, Wake, withRetry } from '#platform';
import { QuoteDecisions } from '#repairs';
import { REPAIR_WORDS } from './repair-words.js';
import type { QuoteTyped } from './scene.js';

const HASH = /^[0-9a-f]{64}$/u;
const FIELDS = ['quote', 'hash', 'name', 'reason', 'decision'] as const;
/** As long as the API takes them (QuoteDecisionBody); what comes after is no name and no reason. */
const LONGEST: Record<(typeof FIELDS)[number], number> = { quote: 40, hash: 64, name: 200, reason: 500, decision: 20 };
type Fields = Partial<Record<(typeof FIELDS)[number], string>>;

/** What became of a decision: none to tell of when it was taken. */
export type Decided = { status: 303; typed: null } | { status: number; typed: QuoteTyped };

/** Yes and no from the page of a case. */
@Injectable()
export class QuoteDesk {
  constructor(
    private readonly database: DataSource,
    private readonly decisions: QuoteDecisions,
    private readonly doors: Doors,
    private readonly wake: Wake,
  ) {}

  async take(link: OpenLink, request: FastifyRequest, language: Language): Promise<Decided> {
    const words = REPAIR_WORDS[language];
    if (await this.tooOften(link, request.ip)) {
      request.raw.resume();
      return { status: 429, typed: { trouble: words.tooOften, byName: '', reason: '' } };
    }
    const { quote = '', hash = '', name = '', reason = '', decision } = await readFields(request);
    const typed = { byName: name, reason };
    if (!name) return { status: 422, typed: { ...typed, trouble: words.noName } };
    const approves = decision === 'approve';
    if (!approves && !reason) return { status: 422, typed: { ...typed, trouble: words.noReason } };
    const named = Id.safeParse(quote).success && HASH.test(hash);
    try {
      if (!named) throw new DomainError('quote.not_found');
      const said = { quoteId: quote, hash, approves, byName: name, reason, ip: request.ip };
      await withRetry(this.database, (tx) => this.decisions.byLink(tx, link, said));
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const entry = ERRORS[error.code];
      return { status: entry.status, typed: { ...typed, trouble: entry[language] } };
    }
    this.wake.ring('relay');
    return { status: 303, typed: null };
  }

  private async tooOften(link: OpenLink, address: string): Promise<boolean> {
    const byLink = await this.doors.knock(`quote:${link.id}`, SENT_BY_LINK);
    const fromThere = await this.doors.knock(this.doors.from('quote', address), SENT_FROM_NETWORK);
    return byLink || fromThere;
  }
}

/** The fields of a form and nothing else; files are not looked at. */
async function readFields(request: FastifyRequest): Promise<Fields> {
  const fields: Fields = {};
  if (!request.isMultipart()) return fields;
  const limits = { fields: FIELDS.length, fieldSize: 4096, files: 0, parts: FIELDS.length + 1 };
  try {
    for await (const part of request.parts({ limits })) {
      if (part.type === 'file') part.file.resume();
      else {
        const known = FIELDS.find((name) => name === part.fieldname);
        if (known && typeof part.value === 'string')
          fields[known] = readable(part.value).replaceAll('\r\n', '\n').trim().slice(0, LONGEST[known]);
      }
    }
  } catch (error) {
    // More than a form of ours has: what came of it is not taken for an answer.
    if (!(error instanceof Error && 'code' in error && String(error.code).startsWith('FST_'))) throw error;
    request.raw.unpipe().resume();
    return {};
  }
  return fields;
}
