import { isMasked, maskOf, type ContactPointDetail, type IdentifierKind } from '#contracts';

type Row = Omit<ContactPointDetail, 'masked'>;

/** Everything that identifies a customer `cu`, as rows of ContactPointDetail not yet masked: those of today first. */
export const IDENTITY = `(select coalesce(json_agg(json_build_object('id', p.id, 'kind', p.kind, 'value', p.value, 'handle', p.handle, 'display', p.display,
    'source', p.source, 'shared', p.shared, 'since', iso(coalesce(p.valid_from, p.created_at)), 'until', iso(p.valid_to),
    'verified', case when p.verified_at is not null then json_build_object('at', iso(p.verified_at), 'how', p.verified_how,
      'by', (select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = p.verified_by)) end,
    'ended', case when p.valid_to is not null then json_build_object('reason', p.end_reason,
      'by', (select json_build_object('id', a.id, 'displayName', a.display_name) from agent a where a.id = p.ended_by)) end,
    'handles', (select coalesce(json_agg(json_build_object('handle', h.handle, 'until', iso(h.until)) order by h.until desc), '[]')
      from contact_handle h where h.contact_point_id = p.id))
    order by p.valid_to desc nulls first, array_position(array['twitter', 'email', 'phone', 'line', 'customer_number', 'document', 'imei'], p.kind), p.created_at, p.id), '[]')
  from contact_point p where p.customer_id = cu.id)`;

/** What must be proven before it is read out leaves the server masked. */
export const masked = (row: Row): ContactPointDetail => {
  const kind: IdentifierKind = row.kind;
  return {
    ...row,
    masked: isMasked(kind),
    value: isMasked(kind) ? null : row.value,
    display: maskOf(kind, row.display),
  };
};
