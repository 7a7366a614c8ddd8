import type { Desk } from '#identity';

/** Who hears a telephone, by their id: these only, or, `null`, everybody but the others. */
export interface Hearers {
  only: string[] | null;
  except: string[];
}

/**
 * Who is told that a telephone rings. An extension that people have named as theirs is theirs alone, wherever they sit. One
 * that nobody has named may be anybody's who has named none, and a call to no extension is everybody's.
 */
export function hearersOf(extension: string | null, desks: Desk[]): Hearers {
  if (extension === null) return { only: null, except: [] };
  const own = desks.filter((desk) => desk.extension === extension).map(({ personId }) => personId);
  return own.length > 0 ? { only: own, except: [] } : { only: null, except: desks.map(({ personId }) => personId) };
}
