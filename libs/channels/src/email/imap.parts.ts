import { createHash } from 'node:crypto';
import type { FetchMessageObject, ImapFlow, MessageStructureObject } from 'imapflow';

/** Most of a header and of a text that is kept of a mail that is too large. */
const HEADER_BYTES = 256 * 1024;
const TEXT_BYTES = 1024 * 1024;
/** Text parts of one mail that are kept. */
const MAX_TEXTS = 20;

/** What remains of a mail that is too large to be taken whole. */
export interface Remains {
  /** A mail with the headers and the texts of the original. */
  source: Buffer;
  /** Names of the files that stayed on the server. */
  leftOut: string[];
}

interface Leaf extends MessageStructureObject {
  part: string;
}

/** Parts without parts of their own. A mail of one part calls it 1. */
function leavesOf(node: MessageStructureObject): Leaf[] {
  if (node.childNodes && node.type !== 'message/rfc822') return node.childNodes.flatMap(leavesOf);
  return [{ ...node, part: node.part ?? '1' }];
}

const nameOf = (leaf: Leaf): string =>
  leaf.dispositionParameters?.['filename'] ?? leaf.parameters?.['name'] ?? leaf.type;

const isText = (leaf: Leaf): boolean =>
  ['text/plain', 'text/html'].includes(leaf.type) && leaf.disposition?.toLowerCase() !== 'attachment';

/** Who wrote it, to whom, about what: all but how the body was written. */
const withoutContentHeaders = (header: string): string =>
  header
    .replace(/\r?\n(?=[ \t])/gu, '\u0000')
    .split(/\r?\n/u)
    .filter((line) => line !== '' && !/^(?:content-|mime-version)/iu.test(line))
    .map((line) => line.replaceAll('\u0000', '\r\n'))
    .join('\r\n');

/** Fetches headers and texts of a mail, and nothing of its files. @returns null when it is not there any more */
export async function fetchRemains(connection: ImapFlow, uid: number): Promise<Remains | null> {
  const known = await connection.fetchOne(uid, { uid: true, bodyStructure: true }, { uid: true });
  if (!known) return null;
  const leaves = known.bodyStructure ? leavesOf(known.bodyStructure) : [];
  const isSingle = !known.bodyStructure?.childNodes;
  const texts = leaves.filter(isText).slice(0, MAX_TEXTS);
  const bodies = texts.flatMap(({ part }) => [
    ...(isSingle ? [] : [{ key: `${part}.mime`, maxLength: HEADER_BYTES }]),
    { key: isSingle ? 'text' : part, maxLength: TEXT_BYTES },
  ]);
  const fetched = await connection.fetchOne(
    uid,
    { uid: true, bodyParts: [{ key: 'header', maxLength: HEADER_BYTES }, ...bodies] },
    { uid: true },
  );
  if (!fetched) return null;
  const leftOut = leaves.filter((leaf) => !texts.includes(leaf)).map(nameOf);
  // A single text that is too large itself: its beginning is here.
  return { source: isSingle ? single(fetched, texts.length > 0) : assembled(fetched, texts), leftOut };
}

const bytesOf = (fetched: FetchMessageObject, key: string): Buffer =>
  fetched.bodyParts?.get(key.toLowerCase()) ?? Buffer.alloc(0);

/** Latin-1 both ways: the bytes stay as they are. */
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const headerOf = ({ headers }: FetchMessageObject): string => headers?.toString('latin1') ?? '';

function single(fetched: FetchMessageObject, isText: boolean): Buffer {
  if (isText) return Buffer.concat([latin1(`${headerOf(fetched).trimEnd()}\r\n\r\n`), bytesOf(fetched, 'text')]);
  return latin1(`${withoutContentHeaders(headerOf(fetched))}\r\n\r\n`);
}

/** The first text of each kind are two ways to say the same; what follows is said beside them. */
function assembled(fetched: FetchMessageObject, texts: Leaf[]): Buffer {
  const plain = texts.find(({ type }) => type === 'text/plain');
  const html = texts.find(({ type }) => type === 'text/html');
  const same = texts.filter((leaf) => leaf === plain || leaf === html);
  const others = texts.filter((leaf) => !same.includes(leaf));
  const part = (leaf: Leaf) =>
    Buffer.concat([
      latin1(`${bytesOf(fetched, `${leaf.part}.mime`).toString('latin1').trimEnd()}\r\n\r\n`),
      bytesOf(fetched, leaf.part),
    ]);
  const body = multipart('mixed', [multipart('alternative', same.map(part)), ...others.map(part)]);
  return Buffer.concat([latin1(`${withoutContentHeaders(headerOf(fetched))}\r\nMIME-Version: 1.0\r\n`), body]);
}

/** The same parts give the same bytes, so that a second copy is known as one. */
function multipart(kind: 'mixed' | 'alternative', parts: Buffer[]): Buffer {
  const print = parts.reduce((hash, part) => hash.update(part).update(kind), createHash('sha256')).digest('hex');
  const boundary = `hilo-${print.slice(0, 40)}`;
  return Buffer.concat([
    latin1(`Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n`),
    ...parts.flatMap((part) => [latin1(`--${boundary}\r\n`), part, latin1('\r\n')]),
    latin1(`--${boundary}--\r\n`),
  ]);
}
