import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { CaseLinks, Doors, SENT_BY_LINK, SENT_FROM_NETWORK, TellMore, type OpenLink } from '#cases';
import type { Language } from '#contracts';
import { Wake, withRetry } from '#platform';
import { readForm } from './form.js';
import { QuoteDesk, type Decided } from './quote-desk.js';
import type { PageState } from './scene.js';

const NONCE = /^[\w-]{16,64}$/u;

/** What comes from the page of a case. */
@Injectable()
export class TrackingDesk {
  constructor(
    private readonly database: DataSource,
    private readonly links: CaseLinks,
    private readonly tellMore: TellMore,
    private readonly doors: Doors,
    private readonly quotes: QuoteDesk,
    private readonly wake: Wake,
  ) {}

  /** Yes or no to a quote. */
  decide(link: OpenLink, request: FastifyRequest, language: Language): Promise<Decided> {
    return this.quotes.take(link, request, language);
  }

  async opened(link: OpenLink): Promise<void> {
    await withRetry(this.database, (tx) => this.links.opened(tx, link));
    this.wake.ring('relay');
  }

  async revoke(link: OpenLink): Promise<void> {
    await withRetry(this.database, (tx) => this.links.revokeOwn(tx, link));
    this.wake.ring('relay');
  }

  /** Takes in what was sent with the form. The same form again is the same message. */
  async take(link: OpenLink, request: FastifyRequest): Promise<Pick<PageState, 'outcome' | 'draft' | 'quote'>> {
    return { ...(await this.taken(link, request)), quote: null };
  }

  private async taken(link: OpenLink, request: FastifyRequest): Promise<Pick<PageState, 'outcome' | 'draft'>> {
    if (await this.tooOften(link, request.ip)) {
      request.raw.resume();
      return { outcome: 'tooOften', draft: '' };
    }
    const form = await readForm(request, (file) =>
      this.tellMore.keep({ fileName: file.filename, contentType: file.mimetype, body: file.file }),
    );
    const { text, photos, outcome } = form;
    if (outcome !== 'read') return { outcome, draft: text };
    if (!text && photos.length === 0) return { outcome: 'empty', draft: '' };
    const nonce = NONCE.test(form.nonce) ? form.nonce : randomBytes(16).toString('base64url');
    await withRetry(this.database, (tx) => this.tellMore.send(tx, link, { nonce, text, photos }));
    this.wake.ring('relay');
    return { outcome: 'sent', draft: '' };
  }

  private async tooOften(link: OpenLink, address: string): Promise<boolean> {
    const byLink = await this.doors.knock(`more:${link.id}`, SENT_BY_LINK);
    const fromThere = await this.doors.knock(this.doors.from('more', address), SENT_FROM_NETWORK);
    return byLink || fromThere;
  }
}
