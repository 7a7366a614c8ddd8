import { createHash } from 'node:crypto';
export { ALL_CASES, CHANNELS, personRoom, storeRoom, SUPERVISORS } from '#platform';

/** A room per session, so that logging out closes its sockets; hashed, a room name is no secret. */
export const sessionRoom = (token: string): string => `session:${createHash('sha256').update(token).digest('hex')}`;

/** The sockets that have a case on their screen. Whether they may see it is asked again before they are told anything. */
export const watchRoom = (caseId: string): string => `watch:${caseId}`;
