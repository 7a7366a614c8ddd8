import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { waitFor } from '../support/wait.js';

const ROOT = join(import.meta.dirname, '..', '..');
const folders: string[] = [];

/** A project with the launcher's scripts and these files, and nothing else. */
function project(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), 'hilo-bootstrap-'));
  folders.push(root);
  cpSync(join(ROOT, 'apps/launcher'), join(root, 'apps/launcher'), {
    recursive: true,
    filter: (path) => !path.endsWith('.ts'),
  });
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

interface Outcome {
  code: number | null;
  output: string;
}

/** Runs `node apps/launcher/start.mjs <command>` there. */
function start(root: string, command: string, env: NodeJS.ProcessEnv = {}) {
  const child = spawn(process.execPath, ['apps/launcher/start.mjs', command], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const ended: Promise<Outcome> = once(child, 'close').then(([code]) => ({ code: code as number | null, output }));
  return { child, ended, output: () => output };
}

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

describe('dependencies', () => {
  /** Stands in for npm: notes what it was asked, and behaves as `behaviour` says. */
  const fakeNpm = (behaviour: string) => `
    import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
    appendFileSync('asked.txt', process.argv[2] + '\\n');
    ${behaviour}
    mkdirSync('node_modules', { recursive: true });
  `;
  const withNpm = (behaviour = '') => {
    const lock = JSON.stringify({ packages: { '': {}, 'node_modules/one': { version: '1.0.0' } } });
    const root = project({
      'package.json': '{"type":"module"}',
      'package-lock.json': lock,
      'npm-cli.js': fakeNpm(behaviour),
    });
    const install = () => start(root, 'install', { npm_execpath: join(root, 'npm-cli.js') });
    const asked = () =>
      existsSync(join(root, 'asked.txt')) ? readFileSync(join(root, 'asked.txt'), 'utf8').trim() : '';
    return { root, install, asked };
  };

  it('are installed once, and again when the lock file changed', async () => {
    const { root, install, asked } = withNpm();
    const first = await install().ended;
    expect(first).toMatchObject({ code: 0 });
    expect(first.output).toMatch(/✓ installing dependencies \(first time.*\) · \d+\.\d s/);
    expect((await install().ended).output).toBe('');
    expect(asked()).toBe('ci');
    writeFileSync(
      join(root, 'package-lock.json'),
      JSON.stringify({ packages: { '': {}, 'node_modules/one': { version: '2.0.0' } } }),
    );
    expect((await install().ended).output).toContain('package-lock.json changed');
    expect(asked()).toBe('ci\nci');
  });

  it('that somebody installed by hand are left as they are', async () => {
    const { root, install, asked } = withNpm();
    mkdirSync(join(root, 'node_modules'));
    writeFileSync(
      join(root, 'node_modules/.package-lock.json'),
      JSON.stringify({ packages: { 'node_modules/one': { version: '1.0.0' } } }),
    );
    expect(await install().ended).toMatchObject({ code: 0, output: '' });
    expect(asked()).toBe('');
  });

  it('come from the lock file also when it lacks the binaries of other systems', async () => {
    const missing =
      "if (process.argv[2] === 'ci') { console.error('Missing: @x/darwin@ from lock file'); process.exit(1); }";
    const { install, asked } = withNpm(missing);
    expect(await install().ended).toMatchObject({ code: 0 });
    expect(asked()).toBe('ci\ninstall');
  });

  it('that cannot be installed stop the start with what npm said', async () => {
    const { install } = withNpm("console.error('npm error no space left on device'); process.exit(1);");
    const { code, output } = await install().ended;
    expect(code).toBe(1);
    expect(output).toContain('npm error no space left on device');
    expect(output).not.toContain('    at ');
  });

  it('whose installation is interrupted end with it', async () => {
    const { install, asked } = withNpm('await new Promise(() => setInterval(() => {}, 1000));');
    const run = install();
    await waitFor(() => asked() === 'ci');
    run.child.kill('SIGTERM');
    expect((await run.ended).code).toBe(0);
    expect(run.output()).not.toContain('✓');
  });
});

describe('the build', () => {
  const building = () => {
    const root = project({
      'package.json': '{"type":"module"}',
      'package-lock.json': readFileSync(join(ROOT, 'package-lock.json'), 'utf8'),
      '.swcrc': readFileSync(join(ROOT, '.swcrc'), 'utf8'),
      'apps/main.ts': 'export const main: number = 1;',
      'libs/one/src/index.ts': 'export const one: number = 1;',
      'libs/one/src/index.spec.ts': 'it.fails();',
      'migrations/1-first.ts': 'export class First {}',
    });
    symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'dir');
    return {
      root,
      build: () => start(root, 'build').ended,
      has: (path: string) => existsSync(join(root, 'dist', path)),
    };
  };

  it('compiles what changed, and nothing when nothing did', async () => {
    const { root, build, has } = building();
    expect((await build()).output).toMatch(/✓ building the server \(3 files\) · \d+\.\d s/);
    expect([has('apps/main.js'), has('libs/one/src/index.js'), has('libs/one/src/index.spec.js')]).toEqual([
      true,
      true,
      false,
    ]);
    expect(await build()).toEqual({ code: 0, output: '' });
    writeFileSync(join(root, 'apps/main.ts'), 'export const main: number = 2;');
    expect((await build()).output).toContain('✓ building the server');
    expect(readFileSync(join(root, 'dist/apps/main.js'), 'utf8')).toContain('main = 2');
  });

  it('forgets what has no source any more', async () => {
    const { root, build, has } = building();
    await build();
    expect(has('migrations/1-first.js')).toBe(true);
    rmSync(join(root, 'migrations/1-first.ts'));
    await build();
    expect([has('migrations/1-first.js'), has('migrations/1-first.js.map'), has('apps/main.js')]).toEqual([
      false,
      false,
      true,
    ]);
  });

  it('that fails says where, and is tried again next time', async () => {
    const { root, build } = building();
    writeFileSync(join(root, 'apps/main.ts'), 'export const = ;');
    for (let time = 0; time < 2; time += 1) {
      const { code, output } = await build();
      expect(code).toBe(1);
      expect(output).toContain('apps/main.ts');
    }
    writeFileSync(join(root, 'apps/main.ts'), 'export const main: number = 3;');
    expect((await build()).code).toBe(0);
  });
});

it('an unknown command names those there are', async () => {
  const { code, output } = await start(ROOT, 'fly').ended;
  expect(code).toBe(1);
  expect(output).toContain('There is no command "fly"');
});
