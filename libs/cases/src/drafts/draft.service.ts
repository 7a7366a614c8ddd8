import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { z } from 'zod';
import { DRAFTS_LISTED, type DraftBody, type DraftChannel, type Permission, type ServerDraft } from '#contracts';
import { CLOCK, DomainError, type Clock } from '#platform';
import { demand, visibleStore, type Principal } from '#identity';
import { findCase, visible } from '../case-access.js';
import { readable } from '../intake.rules.js';

type NewDraft = z.output<typeof DraftBody>;
interface Written {
  version: number;
  writer_id: string | null;
  writer_count: number | null;
}

/** Uploads of the writer that went out with nothing yet, in the order they were put there. */
const FILES = `coalesce((select jsonb_agg(jsonb_build_object('id', a.id, 'fileName', a.file_name, 'contentType', a.content_type,
    'size', a.size, 'sha256', a.sha256) order by array_position(d.attachment_ids, a.id))
  from attachment a where a.id = any(d.attachment_ids) and a.uploaded_by = d.agent_id and a.interaction_id is null), '[]')`;
const DRAFT = `d.case_id as "caseId", d.channel, d.text, ${FILES} as attachments, d.thread_id as "threadId",
  d.version::int as version, iso(d.updated_at) as "updatedAt"`;

/**
 * Where a writing comes in what is known: after it, before it (a request that was late), or it was changed elsewhere. A window's
 * own writings follow each other by their count, whatever versions it has heard of since.
 */
function placeOf(known: Written | undefined, { version, writer }: NewDraft): 'next' | 'late' | 'elsewhere' {
  if (known && writer && known.writer_id === writer.id)
    return (known.writer_count ?? 0) < writer.count ? 'next' : 'late';
  return (known?.version ?? 0) === version ? 'next' : 'elsewhere';
}

/** What it takes to write for somebody; for the customer, by any way: to reply. */
const NEEDS: Partial<Record<DraftChannel, Permission>> = { internal: 'case.note', partner: 'handoff.work' };

/** What people have written and not sent, one for each person, case and channel; only its writer reads it. */
@Injectable()
export class DraftService {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** The drafts of this person on cases they may see, newest first. */
  list(tx: EntityManager, principal: Principal, caseId: string | null = null): Promise<ServerDraft[]> {
    return tx.query(
      `select ${DRAFT} from draft d where d.agent_id = $1 and ($3::uuid is null or d.case_id = $3) and ${visible('$2', 'd.case_id')}
       order by d.updated_at desc limit ${DRAFTS_LISTED}`,
      [principal.id, visibleStore(principal), caseId],
    );
  }

  /** @throws DomainError case.not_found */
  async onCase(tx: EntityManager, principal: Principal, idOrReference: string): Promise<ServerDraft[]> {
    return this.list(tx, principal, await findCase(tx, principal, idOrReference));
  }

  /** @throws DomainError case.not_found, draft.not_found */
  async one(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    channel: DraftChannel,
  ): Promise<ServerDraft> {
    const caseId = await findCase(tx, principal, idOrReference);
    const draft = await this.find(tx, principal, caseId, channel);
    if (!draft) throw new DomainError('draft.not_found');
    return draft;
  }

  /** @returns null when there is none */
  private async find(tx: EntityManager, principal: Principal, caseId: string, channel: DraftChannel) {
    return (await this.list(tx, principal, caseId)).find((draft) => draft.channel === channel) ?? null;
  }

  /**
   * Keeps what was written. A window that has written more since is not overwritten by what it sent before.
   * @throws DomainError draft.conflict with the draft as it is when it was changed elsewhere; null: it was sent or thrown away
   */
  async keep(
    tx: EntityManager,
    principal: Principal,
    idOrReference: string,
    channel: DraftChannel,
    body: NewDraft,
  ): Promise<ServerDraft> {
    demand(principal, NEEDS[channel] ?? 'case.reply');
    const caseId = await findCase(tx, principal, idOrReference);
    // Two first writings of one draft at a time: there is no row yet that could be locked.
    await tx.query(`select pg_advisory_xact_lock(hashtextextended($1, 20))`, [`${principal.id}${caseId}${channel}`]);
    const [known]: Written[] = await tx.query(
      'select version::int as version, writer_id, writer_count from draft where agent_id = $1 and case_id = $2 and channel = $3 for update',
      [principal.id, caseId, channel],
    );
    const place = placeOf(known, body);
    if (place === 'elsewhere')
      throw new DomainError('draft.conflict', { draft: await this.find(tx, principal, caseId, channel) });
    if (place === 'next') await this.write(tx, [principal.id, caseId, channel], body);
    const kept = await this.find(tx, principal, caseId, channel);
    if (!kept) throw new Error('a draft that was kept is not there');
    return kept;
  }

  private async write(
    tx: EntityManager,
    key: string[],
    { text, attachmentIds, threadId, writer }: NewDraft,
  ): Promise<void> {
    await tx.query(
      `insert into draft (agent_id, case_id, channel, text, attachment_ids, thread_id, writer_id, writer_count, updated_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (agent_id, case_id, channel) do update set text = excluded.text, attachment_ids = excluded.attachment_ids,
         thread_id = excluded.thread_id, version = nextval('draft_version'), writer_id = excluded.writer_id,
         writer_count = excluded.writer_count, updated_at = excluded.updated_at`,
      [...key, readable(text), attachmentIds, threadId, writer?.id ?? null, writer?.count ?? null, this.clock.now()],
    );
  }

  /** Throws it away; there may be none. @throws DomainError case.not_found */
  async discard(tx: EntityManager, principal: Principal, idOrReference: string, channel: DraftChannel): Promise<void> {
    const caseId = await findCase(tx, principal, idOrReference);
    await forgetDraft(tx, principal.id, caseId, [channel]);
  }
}

/** What was sent is no draft any more; in the transaction that sends it. */
export async function forgetDraft(
  tx: EntityManager,
  writerId: string,
  caseId: string,
  channels: DraftChannel[],
): Promise<void> {
  await tx.query('delete from draft where agent_id = $1 and case_id = $2 and channel = any($3)', [
    writerId,
    caseId,
    channels,
  ]);
}

/** What was taken back is a draft again, unless its writer has begun another meanwhile. */
export async function draftAgain(
  tx: EntityManager,
  interactionId: string,
  attachmentIds: string[],
  at: Date,
): Promise<void> {
  await tx.query(
    `insert into draft (agent_id, case_id, channel, text, attachment_ids, thread_id, updated_at)
     select author_id, case_id, 'customer', text, $2, thread_id, $3 from interaction where id = $1 and author_kind = 'agent'
     on conflict (agent_id, case_id, channel) do nothing`,
    [interactionId, attachmentIds, at],
  );
}
