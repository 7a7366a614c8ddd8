/**
 * The fences of the house, every one an error. The picture they keep is in docs/architecture.md.
 * Each rule has a red fixture in test/boundaries/fixtures/<rule name>, so one that stops firing is noticed.
 */

const SIBLINGS = 'channels|sla|repairs|loaners|handoffs|goodwill|notifications';
const SPEC = '\\.spec\\.tsx?$';

/** What a pure decision may lean on: calendar arithmetic, phone numbers, charsets, and Node's spelling of domain names (`url`). */
const PURE_LIBRARIES = [
  'node_modules/(?:date-fns|@date-fns/[^/]+|temporal-polyfill|libphonenumber-js|iconv-lite)/',
  '^url$',
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Two files that need each other are one idea in two places. Move what both need to where both may look.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'doors-resolve',
      comment:
        'An import that leads nowhere is seen by no other rule. Every relative path and every #room must end at a file.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, path: '^[.#]' },
    },
    {
      name: 'contracts-is-a-leaf',
      comment:
        'Contracts are the words both ends of a wire share; the browser loads them. They import zod and nothing else.',
      severity: 'error',
      from: { path: '^libs/contracts/', pathNot: SPEC },
      to: { pathNot: ['^libs/contracts/', 'node_modules/zod/'] },
    },
    {
      name: 'platform-has-no-domain',
      comment: 'Plumbing serves every room and therefore knows none: of the libs, platform imports contracts only.',
      severity: 'error',
      from: { path: '^libs/platform/' },
      to: { path: '^libs/', pathNot: '^libs/(?:platform|contracts)/' },
    },
    {
      name: 'identity-knows-nobody-above',
      comment:
        'Who a person is does not depend on the cases they work on: identity imports platform and contracts only.',
      severity: 'error',
      from: { path: '^libs/identity/' },
      to: { path: '^libs/', pathNot: '^libs/(?:identity|platform|contracts)/' },
    },
    {
      name: 'cases-knows-nobody-above',
      comment: 'The heart does not know who listens to it. What siblings do about a case, they do on its events.',
      severity: 'error',
      from: { path: '^libs/cases/' },
      to: { path: '^libs/', pathNot: '^libs/(?:cases|identity|platform|contracts)/' },
    },
    {
      name: 'siblings-do-not-touch',
      comment:
        'Channels, sla, repairs, loaners, handoffs, goodwill and notifications meet through case events, never by import.',
      severity: 'error',
      from: { path: `^libs/(${SIBLINGS})/` },
      to: { path: `^libs/(?:${SIBLINGS}|views)/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'counter-is-on-top',
      comment:
        'The counter is where repairs, loaners, goodwill and handoffs meet in one deed. No room knows of it, and it leaves channels, clocks and views alone.',
      severity: 'error',
      from: { path: '^libs/counter/' },
      to: {
        path: '^libs/',
        pathNot: '^libs/(?:counter|repairs|loaners|goodwill|handoffs|cases|identity|platform|contracts)/',
      },
    },
    {
      name: 'nobody-knows-the-counter',
      comment: 'A room that called the counter would close the circle: only apps do.',
      severity: 'error',
      from: { path: '^libs/', pathNot: '^libs/counter/' },
      to: { path: '^libs/counter/' },
    },
    {
      name: 'views-read-only',
      comment:
        'A read model reads tables by SQL. It imports platform and contracts; no service is in its reach, so nothing writes there.',
      severity: 'error',
      from: { path: '^libs/views/' },
      to: { path: '^libs/', pathNot: '^libs/(?:views|platform|contracts)/' },
    },
    {
      name: 'libs-never-import-apps',
      comment: 'Apps are transport on top of the rooms. A room that imports an app cannot be used by another one.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'web-sees-contracts-only',
      comment: 'What the browser loads must be free of the server: of the whole house it sees the contracts.',
      severity: 'error',
      from: { path: '^apps/web/' },
      to: { path: '^(?:apps|libs|migrations|test|bench)/', pathNot: ['^apps/web/', '^libs/contracts/'] },
    },
    {
      name: 'sandbox-knows-no-room',
      comment:
        'The sandbox is the outside world. If it shared code with the product, both would agree on the same mistake.',
      severity: 'error',
      from: { path: '^apps/sandbox/' },
      to: { path: '^(?:apps|libs|migrations|test|bench)/', pathNot: '^apps/sandbox/' },
    },
    {
      name: 'through-the-door',
      comment:
        'A room is entered by its door, `#room`. A path into another room ties the caller to how that room is furnished.',
      severity: 'error',
      from: { path: '^(?:libs/([^/]+)|apps|migrations|test|bench)/' },
      to: { path: '^libs/[^/]+/', pathNot: '^libs/$1/', dependencyTypesNot: ['aliased-subpath-import'] },
    },
    {
      name: 'rules-are-pure',
      comment:
        'Decisions (*.rules.ts, *.states.ts) are functions of their arguments: contracts, arithmetic of dates, phone numbers, charsets and domain names, and other rules.',
      severity: 'error',
      from: { path: '\\.(?:rules|states)\\.ts$' },
      // A type is gone when the decision is taken.
      to: {
        pathNot: ['\\.(?:rules|states)\\.ts$', '^libs/contracts/', 'node_modules/zod/', ...PURE_LIBRARIES],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'no-dev-dependencies',
      comment:
        'What runs in production is in `dependencies`. (The web is bundled when it is built; types are gone when it runs.)',
      severity: 'error',
      from: { path: '^(?:apps|libs|migrations)/', pathNot: ['^apps/web/', SPEC] },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: ['^dist/', '^apps/web/src/api/generated/'] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['hilo-source', 'types', 'import', 'require', 'node', 'default'],
      exportsFields: ['exports'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
