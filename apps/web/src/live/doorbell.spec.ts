import { QueryClient, QueryObserver, type QueryKey } from '@tanstack/react-query';
import { refresh, refreshAll } from './doorbell.js';

const CHANGE = { caseId: 'case-1', version: 2, types: ['case.assigned'], at: '2026-03-02T09:00:00Z' };
const detail = (version: number) => ({ id: CHANGE.caseId, version });
const lists = (version: number) => ({ pages: [{ items: [detail(version)], nextCursor: null }], pageParams: [null] });

let client: QueryClient;
beforeEach(() => {
  client = new QueryClient({ defaultOptions: { queries: { retry: false, networkMode: 'always' } } });
});
afterEach(() => client.clear());

/** What a screen shows under that key: the first answer comes when it is given, the others are these. */
const screen = (queryKey: QueryKey, ...later: unknown[]) => {
  let give: (answer: unknown) => void = () => undefined;
  const first = new Promise<unknown>((answered) => (give = answered));
  let asked = 0;
  const queryFn = () => Promise.resolve((asked += 1) === 1 ? first : later[asked - 2]);
  new QueryObserver(client, { queryKey, queryFn }).subscribe(() => undefined);
  return { give: (answer: unknown) => give(answer), asked: () => asked, shown: () => client.getQueryData(queryKey) };
};

describe('a ring while something is read for the first time', () => {
  it.each([
    ['a list', ['cases', 'next'], lists],
    ['a case', ['case', 'H-1001-2Q'], detail],
  ] as const)('makes %s be read again when the answer is from before it', async (_what, key, of) => {
    const { give, asked, shown } = screen(key, of(2));
    const refreshed = refresh(client, [CHANGE]);
    give(of(1));
    await refreshed;
    expect({ asked: asked(), shown: shown() }).toEqual({ asked: 2, shown: of(2) });
  });

  it('leaves alone what came after it', async () => {
    const { give, asked, shown } = screen(['case', 'H-1001-2Q'], null);
    const refreshed = refresh(client, [CHANGE]);
    give(detail(2));
    await refreshed;
    expect({ asked: asked(), shown: shown() }).toEqual({ asked: 1, shown: detail(2) });
  });

  it('waits for nothing the doorbell does not tell of', async () => {
    const { asked } = screen(['analysis']);
    await refreshAll(client);
    expect(asked()).toBe(1);
  });
});
