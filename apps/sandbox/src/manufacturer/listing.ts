/** How lists are asked for: equality and comparison of any attribute, pages, and a choice of fields. */

const OWN = new Set(['fields', 'offset', 'limit', 'sort']);
const COMPARED: Record<string, (one: string, other: string) => boolean> = {
  gt: (one, other) => one > other,
  gte: (one, other) => one >= other,
  lt: (one, other) => one < other,
  lte: (one, other) => one <= other,
};

/** Every value at a path such as `relatedEntity.id`, through lists too. */
function valuesAt(value: unknown, path: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((item) => valuesAt(item, path));
  const [name, ...rest] = path;
  if (name === undefined) return [value];
  if (typeof value !== 'object' || value === null || !(name in value)) return [];
  return valuesAt((value as Record<string, unknown>)[name], rest);
}

function fits(item: unknown, name: string, wanted: string): boolean {
  const path = name.split('.');
  const compare = path.length > 1 ? COMPARED[path.at(-1) ?? ''] : undefined;
  if (compare) return valuesAt(item, path.slice(0, -1)).some((value) => compare(String(value), wanted));
  const any = wanted.split(',');
  return valuesAt(item, path).some((value) => any.includes(String(value)));
}

/** Only these fields of it; all when none is named. */
export function only<T extends object>(item: T, fields: string | undefined): Partial<T> {
  if (fields === undefined || fields === '') return item;
  const wanted = new Set(fields.split(',').map((name) => name.trim()));
  return Object.fromEntries(Object.entries(item).filter(([name]) => wanted.has(name))) as Partial<T>;
}

/** One page of what fits, and how many fit altogether. */
export function page<T extends object>(
  items: readonly T[],
  query: Record<string, string | undefined>,
): { items: Partial<T>[]; total: number } {
  const asked = Object.entries(query).filter(([name, value]) => !OWN.has(name) && value !== undefined);
  const found = items.filter((item) => asked.every(([name, value]) => fits(item, name, value ?? '')));
  const offset = Number(query['offset'] ?? 0);
  const limit = Number(query['limit'] ?? 200);
  return {
    items: found.slice(offset, offset + limit).map((item) => only(item, query['fields'])),
    total: found.length,
  };
}
