import { visibleTo } from './case-row.sql.js';

/** Nobody counts further. */
const CAP = 100;

/** What is about no case, or about one (`k`) the reader may still see. */
export const SEEN = (viewers: string): string => `(n.case_id is null or ${visibleTo(viewers, 'k')})`;

/**
 * Lines with something unread, as `count`: of the reader, and of what they may still see.
 * @param reader parameter of who asks; @param viewers of how far they see
 */
export const UNREAD_LINES = (reader: string, viewers: string): string => `select count(*)::int as count from (
  select n.group_key from notification n left join cases k on ${viewers}::text is not null and k.id = living_case(n.case_id)
  where n.agent_id = ${reader} and n.read_at is null and ${SEEN(viewers)} group by n.group_key limit ${CAP}) x`;
