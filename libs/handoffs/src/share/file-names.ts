import type { EntityManager } from 'typeorm';
import type { Language } from '#contracts';
import { plainNames } from './file-names.rules.js';

interface Row {
  id: string;
  /** What the document calls it. */
  told: string | null;
  /** It came from them. */
  theirs: boolean;
  fileName: string;
  contentType: string;
  language: Language;
}

/**
 * What the partner of a handoff reads as the names of its files, by whichever gateway: those of the document as it calls them, those
 * we said later by names that go on from there, and their own as they called them.
 */
export async function fileNamesOf(tx: EntityManager, handoffId: string): Promise<Map<string, string>> {
  const rows: Row[] = await tx.query(
    `select distinct on (f.seq, f.place, a.id) a.id, f.told, f.theirs, a.file_name as "fileName", a.content_type as "contentType", p.language
     from (
       select (d ->> 'id')::uuid as id, d ->> 'fileName' as told, h.direction = 'in' as theirs, 0 as seq, place
         from handoff h, jsonb_array_elements(coalesce(h.document -> 'files', '[]')) with ordinality d (d, place) where h.id = $1
       union all select u.id, null, not e.ours, e.seq, u.place from handoff_entry e, unnest(e.attachment_ids) with ordinality u (id, place)
         where e.handoff_id = $1 and e.audience <> 'internal') f
       join attachment a on a.id = f.id, handoff h join partner p on p.id = h.partner_id
     where h.id = $1 order by f.seq, f.place, a.id`,
    [handoffId],
  );
  const named = new Map<string, string>();
  const ours = rows.filter(({ theirs }) => !theirs);
  const plain = plainNames(ours, ours[0]?.language ?? 'en');
  for (const [at, { id, told }] of ours.entries()) named.set(id, named.get(id) ?? told ?? plain[at] ?? '');
  for (const { id, told, fileName } of rows.filter(({ theirs }) => theirs)) named.set(id, told ?? fileName);
  return named;
}
