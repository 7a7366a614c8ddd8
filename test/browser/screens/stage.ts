import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { Server } from 'socket.io';
import {
  USUAL_PREFERENCES,
  type CaseDetail,
  type CaseView,
  type InteractionEntry,
  type Person,
  type SearchHit,
  type SessionUser,
  type Store,
  type TimelineEntry,
} from '#contracts';
import { answerCard } from './cards.js';
import { answerIdentity, Identities } from './identities.js';
import { Intakes } from './intakes.js';
import { answerOutside, emptyOutside, type Outside } from './outside.js';
import { caseOf, MARTA, saidOn, type Customer } from './people.js';
import { NOTHING_OF } from './things.js';

const WEB = join(import.meta.dirname, '../../../dist/web');
const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' };
/** How long a reply of this stage can be undone. */
const HELD_MS = 60_000;

export interface Call {
  method: string;
  path: string;
  key: string | undefined;
  body: Record<string, unknown>;
}
type Refusal = { status: number; code: string; details?: unknown };

const inView: Partial<Record<CaseView, (detail: CaseDetail) => boolean>> = {
  next: ({ assignee }) => assignee === null || assignee.id === MARTA.id,
  mine: ({ assignee }) => assignee?.id === MARTA.id,
  unassigned: ({ assignee }) => assignee === null,
  open: () => true,
};

/** The one file of a form; undefined: it is none. */
const fileIn = (body: Buffer): Buffer | undefined => {
  if (!body.subarray(0, 2).equals(Buffer.from('--'))) return undefined;
  const begin = body.indexOf('\r\n\r\n') + 4;
  return body.subarray(begin, body.lastIndexOf('\r\n--'));
};

/** A small API behind the built screens: what the screens do is tested here, what the product does is tested on the product. */
export class Stage {
  readonly cases: CaseDetail[] = [];
  readonly timelines = new Map<string, TimelineEntry[]>();
  readonly calls: Call[] = [];
  signedIn = true;
  user: SessionUser = MARTA;
  timeZone = 'Europe/Madrid';
  readonly people: Person[] = [];
  readonly stores: Store[] = [];
  readonly customers: Customer[] = [];
  /** What the one box finds, by a part of its title. */
  hits: SearchHit[] = [];
  /** Channels, calls, mailboxes and what was kept back. */
  readonly outside: Outside = emptyOutside();
  readonly identities = new Identities();
  /** Answers the next reply with this instead. */
  refuseReply: Refusal | null = null;
  readonly intakes = new Intakes();
  /** What is answered to a call of this name: `POST /cases/1/handoffs`. */
  readonly canned = new Map<string, (call: Call, query: URLSearchParams) => unknown>();
  /** Refuses the next call of this name instead, once. */
  readonly refuse = new Map<string, Refusal>();
  /** The bytes of each file that was sent. */
  readonly uploads: Buffer[] = [];
  private readonly http = createServer((request, response) => void this.answer(request, response));
  private readonly sockets = new Server(this.http);

  async open(): Promise<string> {
    this.sockets.of('/live');
    await new Promise<void>((listening) => this.http.listen(0, '127.0.0.1', listening));
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    await this.sockets.close();
  }

  add(detail: CaseDetail, entries: TimelineEntry[] = [saidOn(detail, detail.preview)]): CaseDetail {
    this.cases.push(detail);
    this.timelines.set(detail.id, entries);
    return detail;
  }

  /** A message arrives: the case is on top of every list, and the doorbell rings. */
  arrive(detail: CaseDetail, text: string): void {
    const entry = saidOn(detail, text);
    this.timelines.get(detail.id)?.push(entry);
    const held = this.cases.indexOf(detail);
    if (held >= 0) this.cases.splice(held, 1);
    this.cases.unshift(detail);
    Object.assign(detail, { preview: text, version: detail.version + 1, lastInteractionAt: entry.at });
    this.ring(detail);
  }

  /** How the channels are doing changes. @returns how many browsers hear it */
  ringChannel(state: 'ok' | 'trouble'): number {
    this.sockets.of('/live').emit('channel.changed', { channel: 'twitter', state, at: new Date().toISOString() });
    return this.sockets.of('/live').sockets.size;
  }

  /** Something happened to a case: every browser hears of it. */
  ring({ id: caseId, version }: Pick<CaseDetail, 'id' | 'version'>, type = 'interaction.received'): void {
    this.sockets.of('/live').emit('cases.changed', [{ caseId, version, types: [type], at: new Date().toISOString() }]);
  }

  /** The line to every browser breaks off; they call again by themselves. */
  hangUp(): void {
    this.sockets.of('/live').sockets.forEach(({ conn }) => conn.close());
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://stage');
    if (!url.pathname.startsWith('/api/v1')) return this.file(url.pathname, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const bytes = Buffer.concat(chunks);
    const file = fileIn(bytes);
    if (file) this.uploads.push(file);
    const text = bytes.toString();
    const call: Call = {
      method: request.method ?? 'GET',
      path: url.pathname.slice('/api/v1'.length),
      key: request.headers['idempotency-key'] as string | undefined,
      body: text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {},
    };
    this.calls.push(call);
    const [status, body] = this.route(call, url.searchParams);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(body === undefined ? '' : JSON.stringify(body));
  }

  private file(path: string, response: ServerResponse): void {
    const wanted = join(WEB, path);
    const file = extname(path) && existsSync(wanted) ? wanted : join(WEB, 'index.html');
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(readFileSync(file));
  }

  private route(call: Call, query: URLSearchParams): [number, unknown?] {
    const { method, path, body } = call;
    const refused = ({ status, code, details }: Refusal): [number, unknown] => [
      status,
      { code, message: code, details, requestId: 'stage' },
    ];
    if (path === '/session' && method === 'POST') this.signedIn = true;
    if (!this.signedIn) return refused({ status: 401, code: 'session.required' });
    if (path === '/session' && method === 'PATCH')
      this.user = { ...this.user, language: body['language'] === 'en' ? 'en' : 'es' };
    if (path === '/session') return [200, { user: this.user, timeZone: this.timeZone }];
    if (path === '/cases') return [200, { items: this.listed(query.get('view') as CaseView), nextCursor: null }];
    if (path === '/search') return [200, { items: this.found(String(query.get('q'))), nextCursor: null }];
    if (path === '/cases/counts') return [200, { counts: this.counts(), notifications: 0 }];
    if (path === '/me/notification-preferences') return [200, USUAL_PREFERENCES];
    const name = `${method} ${path}`;
    const refusal = this.refuse.get(name);
    if (refusal && this.refuse.delete(name)) return refused(refusal);
    const canned = this.canned.get(name);
    if (canned) return [200, canned(call, query)];
    const card = answerCard(this.cases, { method, path });
    if (card) return card;
    const who = answerIdentity(this.identities, this.cases, { method, path, body });
    if (who) return who;
    const [, room, id, deed, entryId, act] = path.split('/');
    const detail = this.cases.find((held) => held.id === id || held.reference === id);
    if (room === 'cases' && detail && deed === 'entries') return this.onEntry(detail, String(entryId), act, body);
    if (room === 'cases' && detail) return this.onCase(detail, deed, body, refused);
    if (room === 'interactions' && deed === 'undo') return [200, this.undone(String(id))];
    const outside = answerOutside(this.outside, { method, path, body }, query);
    if (outside) return outside;
    if (path === '/next') return [200, { upcoming: null, case: null }];
    if (path === '/attachments') return [201, this.stored()];
    const atCounter = this.intakes.answer({ method, path, body }, this.user, this.stores);
    if (atCounter) return atCounter;
    const shelf = { people: this.people, stores: this.stores, customers: this.customers }[String(room)];
    if (shelf) return [200, { items: shelf, nextCursor: null }];
    return refused({ status: 404, code: 'case.not_found' });
  }

  private onCase(
    detail: CaseDetail,
    deed: string | undefined,
    body: Record<string, unknown>,
    refused: (refusal: Refusal) => [number, unknown],
  ): [number, unknown?] {
    const entries = this.timelines.get(detail.id) ?? [];
    if (deed === 'timeline') return [200, { items: entries, nextCursor: null }];
    if (deed === 'read') return [204];
    if (deed === 'code') return [200, { reference: detail.reference, url: `https://hilo.test/c/${detail.reference}` }];
    if (deed !== undefined && deed in NOTHING_OF) return [200, NOTHING_OF[deed]];
    const given = deed === 'handovers' ? (body['to'] as { agentId?: string }).agentId : body['assigneeId'];
    if (deed === 'handovers' || (deed === undefined && 'assigneeId' in body)) {
      const person = this.people.find(({ id }) => id === given);
      const assignee = person ? { id: person.id, displayName: person.displayName } : null;
      Object.assign(detail, { assignee, version: detail.version + 1 });
    }
    if (deed === 'invitations') {
      const post = entries.find(({ id }) => id === body['interactionId']);
      return [201, { ...post, id: randomUUID(), direction: 'outbound', text: 'Escríbenos por mensaje privado' }];
    }
    if (deed !== 'replies') return [200, detail];
    const refusal = this.refuseReply;
    this.refuseReply = null;
    if (refusal) return refused(refusal);
    const at = new Date();
    const entry: InteractionEntry = saidOn(detail, String(body['text']), {
      direction: 'outbound',
      author: { kind: 'agent', id: MARTA.id, displayName: MARTA.displayName },
      delivery: {
        ...{ state: 'held', dueAt: new Date(at.getTime() + HELD_MS).toISOString() },
        ...{ reason: null, detail: null, attempts: 0, sentAt: null, report: null, queue: null },
      },
      at: at.toISOString(),
    });
    entries.push(entry);
    return [201, entry];
  }

  /** Browsers that hear the doorbell. */
  listeners(): number {
    return this.sockets.of('/live').sockets.size;
  }

  /** Somebody calls. */
  callIn(phone: string, extension: string | null = null): void {
    this.sockets.of('/live').emit('call.ringing', { phone, extension, at: new Date().toISOString() });
  }

  /** Moves an entry to the case that is named, or leaves it where it is. */
  private onEntry(
    detail: CaseDetail,
    entryId: string,
    act: string | undefined,
    body: Record<string, unknown>,
  ): [number, unknown] {
    const entries = this.timelines.get(detail.id) ?? [];
    const at = entries.findIndex(({ id }) => id === entryId);
    const entry = entries[at] as InteractionEntry;
    if (act === 'review') return [200, Object.assign(entry, { review: null })];
    const target = this.cases.find(({ reference }) => reference === body['toCaseReference']);
    if (!target) return [404, { code: 'case.not_found', message: 'case.not_found', requestId: 'stage' }];
    entries.splice(at, 1);
    this.timelines.get(target.id)?.push(Object.assign(entry, { matchedBy: 'moved', review: null }));
    return [200, entry];
  }

  private counts() {
    return (['next', 'mine', 'unassigned', 'open'] as const).map((view) => ({
      view,
      count: this.listed(view).length,
      capped: false,
    }));
  }

  private stored() {
    return { id: randomUUID(), fileName: 'pantalla.png', contentType: 'image/png', size: 4, sha256: 'x' };
  }

  private found(q: string): SearchHit[] {
    return this.hits.filter(({ title }) => title.toLowerCase().includes(q.toLowerCase()));
  }

  private listed(view: CaseView): CaseDetail[] {
    return this.cases.filter(inView[view] ?? (() => false));
  }

  private undone(id: string): TimelineEntry | undefined {
    for (const entries of this.timelines.values()) {
      const at = entries.findIndex((entry) => entry.id === id);
      if (at >= 0) return entries.splice(at, 1)[0];
    }
    return undefined;
  }
}

/** A stage with a few cases of Marta's on it. */
export const openStage = async (): Promise<{ stage: Stage; url: string }> => {
  const stage = new Stage();
  ['Lucía Ferrer', 'Antonio Bermejo', 'Pilar Ortega', 'Gema Pardo'].forEach((name, index) =>
    stage.add(caseOf(index + 1, name)),
  );
  return { stage, url: await stage.open() };
};
