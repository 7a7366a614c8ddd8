import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { DataSource } from 'typeorm';
import { Doors, type Allowance } from '#cases';
import { ERRORS, type DeskAction, type Language } from '#contracts';
import { DeskLinks, DeskSayings, DeskViews, isOffered, wordTyped, type OpenDeskLink } from '#handoffs';
import { CLOCK, DomainError, withRetry, type Clock } from '#platform';
import { fill } from '../tracking/words.js';
import { LIMITS } from './actions.js';
import { readDeskForm, type DeskForm } from './form.js';
import { DESK_WORDS } from './languages.js';
import type { Became } from './scene.js';

const NONCE = /^[\w-]{16,64}$/u;

/** A desk works through many handoffs from one network; on one of them nobody writes a hundred times an hour. */
const SAID_BY_LINK: Allowance = { attempts: 60, minutes: 60 };
const SAID_FROM_NETWORK: Allowance = { attempts: 600, minutes: 60 };
const PACKS_BY_LINK: Allowance = { attempts: 30, minutes: 60 };

/** What comes from the desk of a handoff. */
@Injectable()
export class Desk {
  constructor(
    private readonly database: DataSource,
    private readonly links: DeskLinks,
    private readonly views: DeskViews,
    private readonly sayings: DeskSayings,
    private readonly doors: Doors,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async opened(link: OpenDeskLink): Promise<void> {
    await withRetry(this.database, (tx) => this.links.opened(tx, link));
  }

  /** Whether they may have everything in one once more. */
  async mayPack(link: OpenDeskLink): Promise<boolean> {
    return !(await this.doors.knock(`pack:${link.id}`, PACKS_BY_LINK));
  }

  /** Takes in what was sent with a form; what cannot be taken comes back as it was typed. */
  async take(
    link: OpenDeskLink,
    request: FastifyRequest,
    language: Language,
  ): Promise<{ status: number; became: Became }> {
    const { failed } = DESK_WORDS[language];
    if (await this.tooOften(link, request.ip)) {
      request.raw.resume();
      return refused(429, 'note', failed.tooOften);
    }
    const form = await readDeskForm(request, (file) =>
      this.sayings.keep({ fileName: file.filename, contentType: file.mimetype, body: file.file }),
    );
    const action = form.action ?? 'note';
    if (form.tooLarge) return refused(413, action, fill(failed.tooLarge, LIMITS), form);
    return this.say(link, action, form, language);
  }

  private async say(
    link: OpenDeskLink,
    action: DeskAction,
    form: DeskForm,
    language: Language,
  ): Promise<{ status: number; became: Became }> {
    const view = await this.views.of(this.database.manager, link);
    const { failed } = DESK_WORDS[language];
    if (!form.action) return refused(409, action, failed.notOffered, form);
    const { word, trouble } = wordTyped(action, form.typed, {
      ...{ timeZone: view.partner.timeZone, now: this.clock.now() },
      attachmentIds: form.files.map(({ id }) => id),
    });
    if (!word) return { status: 422, became: { kind: 'refused', action, typed: form.typed, trouble, why: '' } };
    const nonce = NONCE.test(form.nonce) ? form.nonce : randomBytes(16).toString('base64url');
    const saying = { word, nonce, by: form.by, files: form.files };
    const known = await this.sayings.known(this.database.manager, link, saying);
    if (known) return { status: 303, became: { kind: 'taken', late: !known.applied } };
    if (!isOffered(view, action)) return refused(409, action, failed.notOffered, form);
    try {
      const { applied } = await withRetry(this.database, (tx) => this.sayings.say(tx, link, saying));
      return { status: 303, became: { kind: 'taken', late: !applied } };
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      const entry = ERRORS[error.code];
      return refused(entry.status, action, entry[language], form);
    }
  }

  private async tooOften(link: OpenDeskLink, address: string): Promise<boolean> {
    const byLink = await this.doors.knock(`desk:${link.id}`, SAID_BY_LINK);
    const fromThere = await this.doors.knock(this.doors.from('say', address), SAID_FROM_NETWORK);
    return byLink || fromThere;
  }
}

export const refused = (
  status: number,
  action: DeskAction,
  why: string,
  form?: DeskForm,
): { status: number; became: Became } => ({
  status,
  became: { kind: 'refused', action, typed: form?.typed ?? {}, trouble: null, why },
});
