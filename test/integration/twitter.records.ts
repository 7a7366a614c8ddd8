import { buffer } from 'node:stream/consumers';
import type { DataSource } from 'typeorm';
import type { Storage } from '#platform';
import type { Sandbox } from '../../apps/sandbox/src/index.js';

export const LUCIA = '1540000000000000101';
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
export const PICTURE = { fileName: 'pantalla.png', contentType: 'image/png', contentBase64: PNG.toString('base64') };

/** What people outside write and get, and what the product has made of it. */
export class TwitterRecords {
  storage: Storage;
  sandbox: Sandbox;
  database: DataSource;

  /** Lucía writes. @returns the id of the DM event */
  async write(text: string, attachment?: typeof PICTURE, more: { from?: string; to?: string } = {}): Promise<string> {
    const { from = LUCIA, to } = more;
    const { id } = await this.control<{ id: string }>('POST', `/customers/${from}/dm`, { text, attachment, to });
    return id;
  }

  /** What Lucía got from us, oldest first. */
  async received(): Promise<{ id: string; text: string; attachment: { contentType: string } | null }[]> {
    const { items } = await this.control<{ items: { id: string; text: string; attachment: null }[] }>(
      'GET',
      `/customers/${LUCIA}/inbox`,
    );
    return items;
  }

  async control<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.sandbox.url}/control${path}`, {
      method,
      ...(body === undefined ? {} : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  rows<T>(sql: string, values: unknown[] = []): Promise<T[]> {
    return this.database.query(sql, values);
  }

  interactions(): Promise<
    { id: string; direction: string; text: string; externalId: string | null; author: string }[]
  > {
    return this.rows(
      `select id, direction, text, external_id as "externalId", author_name as author from interaction order by occurred_at, id`,
    );
  }

  /** Ids of DM events in the order they were taken in. */
  async taken(): Promise<string[]> {
    const rows = await this.rows<{ id: string }>(
      `select i.external_id as id from case_event e join interaction i on i.id = (e.data ->> 'interactionId')::uuid
       where e.type = 'interaction.received' order by e.seq`,
    );
    return rows.map(({ id }) => id);
  }

  rejects(): Promise<{ reason: string; detail: string; sender: string | null; storageKey: string }[]> {
    return this.rows(
      `select reason, detail, sender, storage_key as "storageKey" from inbound_reject order by received_at`,
    );
  }

  async unsent(): Promise<number> {
    const rows = await this.rows<{ id: string }>(
      `select interaction_id as id from delivery where state in ('held', 'pending')`,
    );
    return rows.length;
  }

  /** Somebody new outside. @returns the X user id */
  async stranger(displayName: string): Promise<string> {
    return (await this.control<{ id: string }>('POST', '/customers', { displayName })).id;
  }

  /** A file the product keeps, whole. */
  async file(key: string | undefined): Promise<Buffer> {
    return buffer(await this.storage.get(key ?? ''));
  }
}
