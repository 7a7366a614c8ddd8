import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fastifyStatic from '@fastify/static';
import compress from '@fastify/compress';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';

/** The built app, seen from this file as built and as source. */
const WEB_ROOT = ['../../../../web/', '../../../../dist/web/']
  .map((path) => fileURLToPath(new URL(path, import.meta.url)))
  .find(existsSync);

/** The content security policy of the app: nothing from elsewhere; mail bodies live in their own sandboxed frames. */
const POLICY = [
  "default-src 'self'",
  // The reader of barcodes is WebAssembly, served by us; it may run, words made into programs may not.
  "script-src 'self' 'wasm-unsafe-eval'",
  // What keeps the counter's page on a tablet.
  "worker-src 'self'",
  "img-src 'self' data: blob: https:",
  "style-src 'self' 'unsafe-inline'",
  "connect-src 'self' ws: wss:",
  "frame-src 'self' blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** Serves the built single-page app: hashed files for a year, the page itself always fresh, every screen's path the page. */
export async function serveWeb(app: NestFastifyApplication): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onSend', (request, reply, _payload, done) => {
    void reply.header('x-content-type-options', 'nosniff');
    // A file goes out byte for byte: one that is compressed already would pass for the encoding of the answer.
    if (reply.hasHeader('content-disposition')) request.headers['x-no-compression'] = '1';
    // What a page has decided for itself is stricter.
    if (!reply.hasHeader('referrer-policy')) void reply.header('referrer-policy', 'same-origin');
    const isPage = String(reply.getHeader('content-type') ?? '').startsWith('text/html');
    if (isPage && !request.url.startsWith('/api/') && !reply.hasHeader('content-security-policy'))
      void reply.header('content-security-policy', POLICY);
    done();
  });
  await app.register(compress, { global: true, threshold: 2048, encodings: ['br', 'gzip'] });
  if (!WEB_ROOT) return;
  await app.register(fastifyStatic, {
    root: WEB_ROOT,
    serve: false,
    cacheControl: false,
    setHeaders: (reply, path) =>
      void reply.header(
        'cache-control',
        path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
      ),
  });
  fastify.get<{ Params: { '*': string } }>('/*', (request, reply) => {
    const path = request.params['*'];
    const isScreen =
      (request.headers.accept ?? '').includes('text/html') && !/^(api|tmf-api|webhooks|assets|t|c)\//u.test(path);
    return reply.sendFile(isScreen ? 'index.html' : path);
  });
}
