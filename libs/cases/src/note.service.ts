import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import type { NoteBody } from '#contracts';
import { CLOCK, newId, type Clock } from '#platform';
import { demand, type Principal } from '#identity';
import { lockCase } from './case-access.js';
import { forgetDraft } from './drafts/draft.service.js';
import { readable } from './intake.rules.js';
import { actorOf, record } from './record.js';

/** Notes are a table of their own: nothing that sends can ever pick one up. */
@Injectable()
export class NoteService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** @returns the id of the note */
  async add(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    body: z.infer<typeof NoteBody>,
  ): Promise<{ caseId: string; noteId: string }> {
    demand(principal, 'case.note');
    const found = await lockCase(tx, principal, idOrReference);
    const noteId = newId();
    const now = this.clock.now();
    await tx.query(
      'insert into note (id, case_id, author_id, author_name, text, audience, occurred_at) values ($1, $2, $3, $4, $5, $6, $7)',
      [noteId, found.id, principal.id, principal.displayName, readable(body.text), body.audience, now],
    );
    await forgetDraft(tx, principal.id, found.id, ['internal']);
    await record(tx, found.id, actorOf(principal), 'api', now, [{ type: 'note.added', data: { noteId } }]);
    return { caseId: found.id, noteId };
  }
}
