import { crossings, follow, furnish, redFixtures, ROOT, ruleNames, type Crossing } from '../boundaries/cruise.js';

const FOLDERS = ['apps', 'libs', 'migrations', 'test'];

/** Crossings in a fixture tree, and how many files of it were read. */
async function tour(fixture: string): Promise<{ found: Crossing[]; doors: string[] }> {
  const { folder, clear } = await furnish(fixture);
  try {
    const result = await follow(folder, FOLDERS);
    const doors = result.modules.flatMap((file) =>
      file.dependencies
        .filter(({ module }) => module.startsWith('#'))
        .map(({ module, resolved }) => `${module} ${resolved}`),
    );
    return { found: crossings(result), doors };
  } finally {
    await clear();
  }
}

const rules = await ruleNames();
const fixtures = await redFixtures();

describe('the boundaries', () => {
  it('have a red fixture for every rule, and no fixture without one', () => {
    expect(fixtures.toSorted()).toEqual(rules.toSorted());
  });

  it.each(rules)('%s goes red on its fixture, alone', async (rule) => {
    const { found } = await tour(rule);
    expect([...new Set(found.map((crossing) => crossing.rule))]).toEqual([rule]);
  });

  it('let through what the picture allows', async () => {
    const { found } = await tour('green');
    expect(found).toEqual([]);
  });

  it('follow a door to the source behind it', async () => {
    const { doors } = await tour('green');
    expect(new Set(doors)).toContain('#cases libs/cases/src/index.ts');
    expect(doors.every((door) => /^#(\w+) libs\/\1\/src\/index\.ts$/.test(door))).toBe(true);
  });

  it('stop every pair of siblings, whichever way the import is written', async () => {
    const { found } = await tour('siblings-do-not-touch');
    expect(found.map(({ from, to }) => `${from} → ${to}`).toSorted()).toEqual([
      'libs/goodwill/src/index.ts → libs/sla/src/index.ts',
      'libs/handoffs/src/index.ts → libs/repairs/src/index.ts',
      'libs/loaners/src/index.ts → libs/repairs/src/index.ts',
      'libs/notifications/src/index.ts → libs/channels/src/index.ts',
      'libs/sla/src/index.ts → libs/channels/src/index.ts',
      'libs/sla/src/index.ts → libs/views/src/index.ts',
    ]);
  });

  it('send rooms, apps and tests alike through the door', async () => {
    const { found } = await tour('through-the-door');
    expect(found.map(({ from }) => from).toSorted()).toEqual([
      'apps/api/src/main.ts',
      'libs/channels/src/index.ts',
      'test/integration/inbox.spec.ts',
    ]);
  });

  it('hold in this house', async () => {
    const result = await follow(ROOT, FOLDERS);
    expect(crossings(result)).toEqual([]);
    expect(result.modules.map((file) => file.source)).toContain('libs/contracts/src/index.ts');
  });
});
