import { createStore, promisifyRequest } from 'idb-keyval';
import type { IntakeKind, IntakePath } from '#contracts';
import { unsavedCount, type Kept } from './kept.rules.js';

/** What this tablet keeps of intakes until the server has all of it; each person's own, for tablets go from hand to hand. */

/** A photo or a signature that waits for its upload. */
export interface HeldFile {
  /** Of this tablet, and the key of its upload; the server gives it another. */
  id: string;
  path: IntakePath;
  blob: Blob;
  name: string;
  /** The server does not take it: the code it said so with. */
  refused?: string;
}

export interface HeldIntake {
  id: string;
  kind: IntakeKind;
  storeId: string;
  storeName: string;
  startedAt: string;
  /** Whom it was begun for; null: begun on another tablet. */
  whoName: string | null;
  /** Whether the server knows of it. */
  begun: boolean;
  kept: Kept;
}

const shelf = createStore('hilo-counter', 'kept');
const intakeKey = (writerId: string, id: string) => `intake/${writerId}/${id}`;
const fileKey = (writerId: string, intakeId: string, id: string) => `file/${writerId}/${intakeId}/${id}`;
const within = (prefix: string) => IDBKeyRange.bound(prefix, `${prefix}\uffff`);

/**
 * Writes and commits in one breath: not waiting for the answer before the commit, the write is safe even when the page is left
 * in the same moment.
 */
const commit = (act: (store: IDBObjectStore) => void): Promise<void> =>
  shelf('readwrite', (store) => {
    act(store);
    const done = promisifyRequest(store.transaction);
    store.transaction.commit();
    return done;
  });

export const keepIntake = (writerId: string, intake: HeldIntake): Promise<void> =>
  commit((store) => store.put(intake, intakeKey(writerId, intake.id)));
export const keepFile = (writerId: string, intakeId: string, file: HeldFile): Promise<void> =>
  commit((store) => store.put(file, fileKey(writerId, intakeId, file.id)));
export const dropFile = (writerId: string, intakeId: string, id: string): Promise<void> =>
  commit((store) => store.delete(fileKey(writerId, intakeId, id)));

/** It is over: nothing of it stays on the tablet. */
export const dropIntake = (writerId: string, id: string): Promise<void> =>
  commit((store) => {
    store.delete(intakeKey(writerId, id));
    store.delete(within(fileKey(writerId, id, '')));
  });

export const heldIntake = (writerId: string, id: string): Promise<HeldIntake | undefined> =>
  shelf('readonly', (store) => promisifyRequest<HeldIntake | undefined>(store.get(intakeKey(writerId, id))));
export const heldFiles = (writerId: string, intakeId: string): Promise<HeldFile[]> =>
  shelf('readonly', (store) => promisifyRequest<HeldFile[]>(store.getAll(within(fileKey(writerId, intakeId, '')))));
/** What this person has on this tablet, begun or not. */
export const heldIntakes = (writerId: string): Promise<HeldIntake[]> =>
  shelf('readonly', (store) => promisifyRequest<HeldIntake[]>(store.getAll(within(intakeKey(writerId, '')))));

/** Somebody leaves: what the server has goes from the tablet; what it has not stays theirs, for when they are back. */
export const dropSaved = async (writerId: string): Promise<void> => {
  for (const { id, begun, kept } of await heldIntakes(writerId))
    if (begun && unsavedCount(kept) === 0 && (await heldFiles(writerId, id)).length === 0)
      await dropIntake(writerId, id);
};
