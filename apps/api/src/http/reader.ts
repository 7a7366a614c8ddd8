import { parseReference } from '#cases';
import { visibleStore, type Principal } from '#identity';
import type { Reader } from '#views';

/** How far this person sees, as the read models take it. */
export const readerOf = (me: Principal): Reader => ({ id: me.id, storeId: visibleStore(me) });

/** A reference as people type it becomes the canonical one; anything else stays and finds nothing. */
export const canonical = (idOrReference: string): string => parseReference(idOrReference) ?? idOrReference;
