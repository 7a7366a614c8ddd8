import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** The part of S3 a storage needs: objects and multipart uploads in one bucket, in memory. */
export class S3Server {
  readonly objects = new Map<string, Buffer>();
  /** Parts received so far of uploads that are neither completed nor aborted. */
  readonly uploads = new Map<string, Map<number, Buffer>>();
  /** Requests seen, as `PUT ab/cd/…`. */
  readonly requests: string[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));

  constructor(
    private readonly bucket: string,
    private readonly accessKeyId: string,
  ) {}

  async listen(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://s3.test');
    const body = await buffer(request);
    const key = url.pathname.slice(`/${this.bucket}/`.length);
    this.requests.push(`${request.method} ${key}`);
    const signed = request.headers.authorization?.includes(`Credential=${this.accessKeyId}/`);
    if (!signed || !url.pathname.startsWith(`/${this.bucket}/`)) return refuse(response, 403, 'AccessDenied');
    const uploadId = url.searchParams.get('uploadId');
    if (url.searchParams.has('uploads')) return this.begin(response);
    if (uploadId !== null) return this.part(request.method, { key, uploadId, body, url }, response);
    return this.object(request.method, key, body, response);
  }

  private object(method: string | undefined, key: string, body: Buffer, response: ServerResponse): void {
    if (method === 'PUT') {
      this.objects.set(key, body);
      response.setHeader('etag', '"one"').end();
      return;
    }
    if (method === 'DELETE') {
      this.objects.delete(key);
      return void response.writeHead(204).end();
    }
    const kept = this.objects.get(key);
    if (!kept) return refuse(response, 404, 'NoSuchKey');
    response.setHeader('content-length', kept.length).end(method === 'HEAD' ? undefined : kept);
  }

  private begin(response: ServerResponse): void {
    const id = randomUUID();
    this.uploads.set(id, new Map());
    xml(response, `<InitiateMultipartUploadResult><UploadId>${id}</UploadId></InitiateMultipartUploadResult>`);
  }

  private part(
    method: string | undefined,
    { key, uploadId, body, url }: { key: string; uploadId: string; body: Buffer; url: URL },
    response: ServerResponse,
  ): void {
    const parts = this.uploads.get(uploadId);
    if (!parts) return refuse(response, 404, 'NoSuchUpload');
    if (method === 'PUT') {
      const number = Number(url.searchParams.get('partNumber'));
      parts.set(number, body);
      response.setHeader('etag', `"part-${number}"`).end();
      return;
    }
    this.uploads.delete(uploadId);
    if (method === 'DELETE') return void response.writeHead(204).end();
    const ordered = [...parts].sort(([a], [b]) => a - b).map(([, part]) => part);
    this.objects.set(key, Buffer.concat(ordered));
    xml(response, `<CompleteMultipartUploadResult><Key>${key}</Key><ETag>"all"</ETag></CompleteMultipartUploadResult>`);
  }
}

function xml(response: ServerResponse, body: string): void {
  response.setHeader('content-type', 'application/xml').end(`<?xml version="1.0" encoding="UTF-8"?>${body}`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response.statusCode = status;
  xml(response, `<Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}
