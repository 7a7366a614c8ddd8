/** Only these fields of it, exactly; all when none is named. */
export function only<T extends object>(item: T, fields: string | undefined): Partial<T> {
  if (fields === undefined || fields.trim() === '') return item;
  const wanted = new Set(fields.split(',').map((name) => name.trim()));
  return Object.fromEntries(Object.entries(item).filter(([name]) => wanted.has(name))) as Partial<T>;
}
