import { execFileSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { z } from 'zod';
import { NODE_FLAGS } from '../../apps/launcher/src/node-flags.js';

const ROOT = join(import.meta.dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** The YAML reader that comes with @nestjs/swagger. */
const yaml = createRequire(createRequire(import.meta.url).resolve('@nestjs/swagger'))('js-yaml') as {
  load(text: string, options: { schema: unknown }): unknown;
  YAML11_SCHEMA: unknown;
};
/** With merge keys (`<<`), as docker compose reads it. */
const parse = (text: string): unknown => yaml.load(text, { schema: yaml.YAML11_SCHEMA });

const Service = z.object({
  image: z.string(),
  command: z.array(z.string()).optional(),
  environment: z.record(z.string(), z.string()).default({}),
  volumes: z.array(z.string()).default([]),
  ports: z.array(z.string()).default([]),
  networks: z.array(z.string()),
  depends_on: z.record(z.string(), z.object({ condition: z.string() })).default({}),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }),
  deploy: z.object({ replicas: z.number() }).optional(),
  build: z.object({ context: z.string(), dockerfile: z.string() }).optional(),
  profiles: z.array(z.string()).default([]),
});
const Compose = z.object({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
  networks: z.record(z.string(), z.unknown()),
});

const { services, volumes, networks } = Compose.parse(parse(read('docker/compose.yaml')));
const service = (name: string) => services[name] ?? fail(`no service ${name}`);
const ours = Object.entries(services).filter(([, { image }]) => image === 'hilo');

/** `dist/apps/x.js` → where it is compiled from. */
const sourceOf = (path: string): string => join(ROOT, path.replace(/^dist\//, '').replace(/\.js$/, '.ts'));

function fail(message: string): never {
  throw new Error(message);
}

/** Instructions of the Dockerfile, continued lines joined. */
const instructions = read('docker/Dockerfile')
  .replaceAll('\\\n', ' ')
  .split('\n')
  .filter((line) => /^[A-Z]+ /.test(line));
const finalStage = instructions.slice(instructions.findLastIndex((line) => line.startsWith('FROM ')));

/** The names the config reads, from the schema it declares and its parts. */
const known = new Set(
  globSync('libs/platform/src/*config.ts', { cwd: ROOT })
    .flatMap((path) => [
      ...read(path).matchAll(/^ {2}(?: {2})?([A-Z][A-Z_]+): (?:z|optional|port|seconds|hostName)\b/gm),
    ])
    .map(([, name]) => name),
);

describe('the image', () => {
  it('copies only what the repository has', () => {
    const copied = instructions
      .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
      .flatMap((line) => line.split(/\s+/).slice(1, -1));
    expect(copied.length).toBeGreaterThan(5);
    for (const path of copied) expect([path, globSync(path, { cwd: ROOT }).length > 0]).toEqual([path, true]);
  });

  it('lets in everything it copies', () => {
    const lets = read('docker/Dockerfile.dockerignore').split('\n');
    for (const path of [
      'package.json',
      'package-lock.json',
      '.npmrc',
      '.swcrc',
      'tsconfig.json',
      'apps',
      'libs',
      'migrations',
    ])
      expect(lets).toContain(`!${path}`);
  });

  it('runs the built product as nobody special, and knows whether it is well', () => {
    expect(finalStage).toContain('USER node');
    expect(finalStage.some((line) => line.startsWith('HEALTHCHECK ') && line.includes('healthcheck.js'))).toBe(true);
    expect(finalStage.at(-1)).toBe(
      `CMD [${['node', ...NODE_FLAGS, 'dist/apps/main.js'].map((word) => `"${word}"`).join(', ')}]`,
    );
    expect(existsSync(sourceOf('dist/apps/main.js'))).toBe(true);
  });

  it('sets only what the config reads', () => {
    const names = finalStage
      .filter((line) => line.startsWith('ENV '))
      .flatMap((line) => [...line.matchAll(/([A-Z_]+)=/g)].map(([, name]) => name));
    expect(names).toContain('HOST');
    expect(names.filter((name) => !known.has(name ?? ''))).toEqual([]);
  });
});

describe('the compose file', () => {
  it('has two of each role, and one address in front', () => {
    expect(ours.map(([name]) => name).sort()).toEqual(['api', 'migrate', 'worker']);
    for (const role of ['api', 'worker']) {
      expect(service(role).environment['HILO_ROLES']).toBe(role);
      expect(service(role).deploy?.replicas).toBe(2);
      // Two of them cannot share a port of the host.
      expect(service(role).ports).toEqual([]);
    }
    expect(
      Object.entries(services)
        .filter(([, { ports }]) => ports.length > 0)
        .map(([name]) => name),
    ).toEqual(['web']);
  });

  it('sets only what the config reads', () => {
    for (const [name, { environment }] of ours)
      expect([name, Object.keys(environment).filter((key) => !known.has(key))]).toEqual([name, []]);
  });

  it('refuses to start without its secrets', () => {
    const { environment } = service('api');
    expect(environment['HILO_SECRET']).toMatch(/^\$\{HILO_SECRET:\?/);
    expect(environment['DATABASE_URL']).toContain('${POSTGRES_PASSWORD:?');
    expect(service('postgres').environment['POSTGRES_PASSWORD']).toMatch(/^\$\{POSTGRES_PASSWORD:\?/);
  });

  it('waits for what it needs, and everything says whether it is well', () => {
    for (const [name, { depends_on: needs, healthcheck }] of Object.entries(services)) {
      expect([name, Object.keys(needs).filter((need) => !(need in services))]).toEqual([name, []]);
      expect([name, healthcheck.test !== undefined || healthcheck.disable === true]).toEqual([name, true]);
      for (const [need, { condition }] of Object.entries(needs))
        if (condition === 'service_healthy') expect(service(need).healthcheck.test).toBeDefined();
    }
    expect(service('api').depends_on).toMatchObject({ migrate: { condition: 'service_completed_successfully' } });
  });

  it('names its volumes, networks, images and mounted files', () => {
    for (const { volumes: mounts, networks: joined, image } of Object.values(services)) {
      expect(joined.filter((network) => !(network in networks))).toEqual([]);
      expect(image).toMatch(/^hilo$|:(RELEASE\.)?\d/);
      for (const source of mounts.map((mount) => mount.split(':')[0] ?? ''))
        expect(source.startsWith('./') ? existsSync(join(ROOT, 'docker', source)) : source in volumes).toBe(true);
    }
    const { context, dockerfile } = service('migrate').build ?? fail('nobody builds the image');
    expect(existsSync(join(ROOT, 'docker', context, dockerfile))).toBe(true);
    for (const path of [service('migrate').command?.at(-1), service('api').healthcheck.test?.at(-1)])
      expect([path, existsSync(sourceOf(path ?? ''))]).toEqual([path, true]);
  });

  it('leads the front to services and ports that exist', () => {
    const upstreams = [...read('docker/nginx.conf').matchAll(/^\s+server ([a-z]+):(\d+);/gm)];
    const exposed = finalStage.find((line) => line.startsWith('EXPOSE '))?.split(' ') ?? [];
    expect(upstreams.map(([, name]) => name)).toEqual(['api', 'worker']);
    for (const [, name, port] of upstreams) {
      expect(services).toHaveProperty(name ?? '');
      expect(exposed).toContain(port);
    }
  });

  it('is one for docker compose too, where that is installed', () => {
    const config = ['compose', '-f', 'docker/compose.yaml', 'config', '--quiet'];
    const env = { ...process.env, POSTGRES_PASSWORD: 'x', HILO_SECRET: 'x'.repeat(32) };
    const hasCompose = () => {
      try {
        execFileSync('docker', ['compose', 'version'], { stdio: 'ignore' });
        return true;
      } catch (error) {
        expect(error).toBeDefined();
        return false;
      }
    };
    if (hasCompose()) execFileSync('docker', config, { cwd: ROOT, env });
    expect(parse(read('docker/compose.yaml'))).toHaveProperty('name', 'hilo');
  });
});
