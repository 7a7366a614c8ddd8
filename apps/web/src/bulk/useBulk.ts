import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { BulkDeed, BulkItem, BulkResult } from '#contracts';
import { request } from '../api/http.js';
import { newKey } from '../api/requests.js';
import { useDeed } from '../app/useDeed.js';
import { selection } from './selection.js';

const runBulk = async (ids: string[], deed: BulkDeed, versions: Record<string, number> = {}): Promise<BulkItem[]> =>
  (await request<BulkResult>('POST', '/cases/bulk', { body: { ids, versions, deed }, idempotencyKey: newKey() })).items;

/** The deeds that put all back, each with the cases it is for. */
const undoing = (items: readonly BulkItem[]): { deed: BulkDeed; ids: string[] }[] => {
  const groups = new Map<string, { deed: BulkDeed; ids: string[] }>();
  for (const { id, undo } of items) {
    if (!undo) continue;
    const key = JSON.stringify(undo);
    const group = groups.get(key) ?? { deed: undo, ids: [] };
    groups.set(key, { ...group, ids: [...group.ids, id] });
  }
  return [...groups.values()];
};

/** Does one deed on all chosen cases while the list goes on, and keeps what became of each. */
export const useBulk = () => {
  const client = useQueryClient();
  const { run, busy } = useDeed();
  const [result, setResult] = useState<BulkItem[] | null>(null);
  const finish = async (items: BulkItem[] | null) => {
    if (!items) return;
    setResult(items);
    selection.clear();
    await Promise.all(
      ['cases', 'counts', 'case', 'incidents'].map((name) => client.invalidateQueries({ queryKey: [name] })),
    );
  };
  const start = async (deed: BulkDeed) => {
    const { chosen } = selection.now();
    await finish(await run(() => runBulk([...chosen.keys()], deed, Object.fromEntries(chosen)), false));
  };
  const undo = async () => {
    if (!result) return;
    await finish(
      await run(async () => {
        const done: BulkItem[] = [];
        for (const { deed, ids } of undoing(result)) done.push(...(await runBulk(ids, deed)));
        return done.map((item) => ({ ...item, undo: null }));
      }, false),
    );
  };
  return { start, undo, busy, result, forget: () => setResult(null) };
};
export type Bulk = ReturnType<typeof useBulk>;
