import { createReadStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  S3Client,
} from '@aws-sdk/client-s3';
import { Upload } from '@aws-sdk/lib-storage';
import { DomainError } from '../errors.js';
import { Spool } from './spool.js';
import { requireKey, type FileStore, type StoredFile } from './storage.js';

/**
 * Where to: `s3://bucket/prefix?endpoint=http://minio:9000&region=eu-south-2&pathStyle=true`, with `accessKeyId` and
 * `secretAccessKey` there or wherever AWS's own programs look for them (environment, profile, role).
 */
function connect(url: URL): S3Client {
  const option = (name: string) => url.searchParams.get(name) ?? undefined;
  const endpoint = option('endpoint');
  const [accessKeyId, secretAccessKey] = [option('accessKeyId'), option('secretAccessKey')];
  return new S3Client({
    // Servers other than AWS's have no regions, but the signature wants a name.
    region: option('region') ?? (endpoint ? 'us-east-1' : undefined),
    endpoint,
    forcePathStyle: option('pathStyle') === 'true',
    ...(accessKeyId && secretAccessKey ? { credentials: { accessKeyId, secretAccessKey } } : {}),
    // Checksums in trailers are AWS's own; other servers of this protocol refuse them.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
}

/**
 * Attachments in an S3 bucket. The key is the hash of the whole, so a body is received on local disk first; what the
 * bucket has already is not sent again, and an upload that breaks off never becomes visible.
 */
export class S3Storage implements FileStore {
  private constructor(
    private readonly client: S3Client,
    private readonly bucket: string,
    private readonly prefix: string,
    private readonly spool: Spool,
  ) {}

  static async open(url: URL): Promise<S3Storage> {
    const folder = url.pathname.replace(/^\/+|\/+$/g, '');
    const spool = await Spool.open(join(tmpdir(), `hilo-incoming-${process.getuid?.() ?? 0}`));
    return new S3Storage(connect(url), url.hostname, folder === '' ? '' : `${folder}/`, spool);
  }

  async put(body: Readable, options: { maxBytes?: number } = {}): Promise<StoredFile> {
    const { path, ...stored } = await this.spool.receive(body, options.maxBytes);
    try {
      if (!(await this.has(stored.key))) await this.upload(path, stored.key);
      return stored;
    } finally {
      await rm(path, { force: true });
    }
  }

  async get(key: string): Promise<Readable> {
    try {
      const { Body } = await this.client.send(new GetObjectCommand(this.address(requireKey(key))));
      if (!(Body instanceof Readable)) throw new Error(`no body for ${key}`);
      return Body;
    } catch (error) {
      if (error instanceof NoSuchKey) throw new DomainError('attachment.not_found');
      throw error;
    }
  }

  async remove(key: string): Promise<void> {
    await this.client.send(new DeleteObjectCommand(this.address(requireKey(key))));
  }

  async has(key: string): Promise<boolean> {
    try {
      await this.client.send(new HeadObjectCommand(this.address(requireKey(key))));
      return true;
    } catch (error) {
      if (error instanceof NotFound || error instanceof DomainError) return false;
      throw error;
    }
  }

  /** In parts when it is large; a part that fails is sent again, and what cannot be finished is taken back. */
  private async upload(path: string, key: string): Promise<void> {
    const upload = new Upload({ client: this.client, params: { ...this.address(key), Body: createReadStream(path) } });
    await upload.done();
  }

  private address(key: string) {
    return { Bucket: this.bucket, Key: `${this.prefix}${key}` };
  }
}
