import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../refusal.js';

const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  woff2: 'font/woff2',
};
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; frame-src 'self'; base-uri 'none'; form-action 'none'";

/** The page itself: plain files beside the sources, found from the built code too. */
export async function pageRoutes(app: FastifyInstance): Promise<void> {
  const root = projectRoot(import.meta.dirname);
  const page = join(root, 'apps/sandbox/page');
  const fonts = join(root, 'node_modules/@fontsource-variable/inter/files');
  const serve = async (folder: string, name: string) => {
    const path = join(folder, name);
    if (!/^[a-z0-9-]+\.[a-z0-9]+$/.test(name) || !existsSync(path)) {
      throw new Refusal(404, 'request.not_found', `no file ${name}`);
    }
    return {
      type: TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
      bytes: await readFile(path),
    };
  };

  app.get('/', async (_request, reply) => {
    const { type, bytes } = await serve(page, 'index.html');
    return reply
      .headers({ 'content-type': type, 'content-security-policy': POLICY, 'cache-control': 'no-cache' })
      .send(bytes);
  });
  app.get<{ Params: { name: string } }>('/page/:name', async (request, reply) => {
    const { type, bytes } = await serve(page, request.params.name);
    return reply.headers({ 'content-type': type, 'cache-control': 'no-cache' }).send(bytes);
  });
  app.get<{ Params: { name: string } }>('/fonts/:name', async (request, reply) => {
    const { type, bytes } = await serve(fonts, request.params.name);
    return reply.headers({ 'content-type': type, 'cache-control': 'max-age=86400' }).send(bytes);
  });
}

/** The folder of package.json above this file, whether it runs from the sources or from dist. */
function projectRoot(from: string): string {
  const isRoot = existsSync(join(from, 'package.json')) && existsSync(join(from, 'apps'));
  return isRoot || dirname(from) === from ? from : projectRoot(dirname(from));
}
