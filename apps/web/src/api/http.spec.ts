import { jest } from '@jest/globals';
import { request } from './http.js';

const real = globalThis.fetch;
let limit: AbortController;
beforeEach(() => {
  limit = new AbortController();
  jest.spyOn(AbortSignal, 'timeout').mockReturnValue(limit.signal);
  // A server that never answers: only a signal ends it.
  globalThis.fetch = (_address, init) =>
    new Promise((_answer, refuse) => {
      const { signal } = init ?? {};
      signal?.addEventListener('abort', () => refuse(signal.reason as Error));
    });
});
afterEach(() => {
  globalThis.fetch = real;
  jest.restoreAllMocks();
});

it('a question that is not answered in time counts as asked where nobody is', async () => {
  const asked = request('GET', '/cases');
  limit.abort(new DOMException('late', 'TimeoutError'));
  await expect(asked).rejects.toMatchObject({ name: 'ApiFailure', status: 0, code: 'network.unreachable' });
});

it('one that is given up stays given up', async () => {
  const asker = new AbortController();
  const asked = request('GET', '/cases', { signal: asker.signal });
  asker.abort();
  await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
});

it('a deed takes as long as it takes', async () => {
  const over = new AbortController();
  const done = request('POST', '/cases', { signal: over.signal });
  limit.abort();
  await expect(Promise.race([done, Promise.resolve('still waiting')])).resolves.toBe('still waiting');
  over.abort();
  await expect(done).rejects.toMatchObject({ name: 'AbortError' });
});
