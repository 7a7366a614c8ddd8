import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build, type Plugin, type Rolldown } from 'vite';

/** An address to be kept, and which version of it; null: its name says so. */
interface KeptAddress {
  url: string;
  revision: string | null;
}

type Bundle = Rolldown.OutputBundle;
type Chunk = Rolldown.OutputChunk;

const WORKER = fileURLToPath(new URL('../src/offline/worker.ts', import.meta.url));
/** Screens that are there without a network: what they load later is kept as well. */
const KEPT = /\/apps\/web\/src\/(?:counter|i18n)\//u;
/** Other alphabets than ours may look plain without a network. */
const LEFT_OUT = /\/inter-(?!latin)/u;
/** Beside the bundle: the page names them. */
const BESIDE = ['hilo.svg', 'scheme.js'];

const digest = (content: string | Uint8Array): string =>
  createHash('sha256').update(content).digest('hex').slice(0, 16);

/** The chunks a page at the counter may come to need: what the app begins with, and all that the counter's own modules lead to. */
export function chunksOf(bundle: Bundle): Set<Chunk> {
  const found = new Set<Chunk>();
  const follow = (name: string): void => {
    const chunk = bundle[name];
    if (chunk?.type !== 'chunk' || found.has(chunk)) return;
    found.add(chunk);
    chunk.imports.forEach(follow);
    if (chunk.moduleIds.some((id) => KEPT.test(id)) && !chunk.isEntry) chunk.dynamicImports.forEach(follow);
  };
  for (const chunk of Object.values(bundle))
    if (chunk.type === 'chunk' && (chunk.isEntry || KEPT.test(chunk.facadeModuleId ?? ''))) follow(chunk.fileName);
  return found;
}

/** The files those chunks and their styles name, themselves included. */
function filesOf(bundle: Bundle): string[] {
  const chunks = [...chunksOf(bundle)];
  const named = chunks.flatMap(({ fileName, viteMetadata }) => [
    fileName,
    ...(viteMetadata?.importedCss ?? []),
    ...(viteMetadata?.importedAssets ?? []),
  ]);
  const styles = named.flatMap((name) => {
    const file = bundle[name];
    return file?.type === 'asset' && name.endsWith('.css') ? [String(file.source)] : [];
  });
  const inStyles = styles.flatMap((css) =>
    [...css.matchAll(/url\(\/(assets\/[^)]+\.woff2)\)/gu)].map(([, name]) => name ?? ''),
  );
  return [...new Set([...named, ...inStyles])].filter((name) => bundle[name] && !LEFT_OUT.test(`/${name}`)).sort();
}

/**
 * Builds the worker that keeps the counter's page on a tablet, with the list of what it keeps. It is a script of its own, at an
 * address that stays: browsers find a new version by asking for it again.
 */
export function counterWorker(): Plugin {
  let kept: KeptAddress[] = [];
  let [outDir, publicDir] = ['', ''];
  return {
    name: 'hilo:counter-worker',
    apply: 'build',
    configResolved(config) {
      [outDir, publicDir] = [config.build.outDir, config.publicDir];
    },
    async writeBundle(_options, bundle) {
      const page = bundle['index.html'];
      if (page?.type !== 'asset') throw new Error('the bundle has no index.html');
      const beside = await Promise.all(
        BESIDE.map(async (name) => ({ url: `/${name}`, revision: digest(await readFile(`${publicDir}/${name}`)) })),
      );
      kept = [
        { url: '/index.html', revision: digest(page.source) },
        ...beside,
        ...filesOf(bundle).map((name) => ({ url: `/${name}`, revision: null })),
      ];
    },
    async closeBundle(error) {
      if (error || kept.length === 0) return;
      await build({
        ...{ configFile: false, logLevel: 'warn', publicDir: false },
        define: { KEPT_ADDRESSES: JSON.stringify(kept) },
        build: {
          ...{ outDir, emptyOutDir: false, target: 'es2022', modulePreload: false },
          rolldownOptions: {
            input: WORKER,
            output: { format: 'iife', entryFileNames: 'counter-worker.js' },
          },
        },
      });
    },
  };
}
